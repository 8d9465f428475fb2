export const launchOptions: { executablePath?: string };
