//! Quotes around entries: what stands in them is one entry, and was written to be a word.

/// Cuts a line at its blanks, but for those within double quotes, which `entry` gets as well.
pub(super) fn cut_at_blanks(line: &str, mut entry: impl FnMut(&str)) {
    if !line.contains('"') {
        return line.split_ascii_whitespace().for_each(entry);
    }
    let mut rest = line.trim_ascii_start();
    while !rest.is_empty() {
        let blank = || rest.find(|c: char| c.is_ascii_whitespace());
        let quoted = quoted_end(rest);
        let end = quoted.or_else(blank).unwrap_or(rest.len());
        match quoted {
            Some(_) if rest[1..end - 1].contains('"') => entry(&unescaped(&rest[..end])),
            _ => entry(&rest[..end]),
        }
        rest = rest[end..].trim_ascii_start();
    }
}

/// Where an entry ends that begins with quotes: behind those before a blank. None where no such
/// follow, as behind a stray one.
fn quoted_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            // Within others they are doubled, or R has a backslash before them.
            (b'"' | b'\\', Some(b'"')) => at += 1,
            (b'"', None) => return Some(at + 1),
            (b'"', Some(next)) if next.is_ascii_whitespace() => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// An entry in quotes, those within it once each.
fn unescaped(quoted: &str) -> String {
    let inner = &quoted[1..quoted.len() - 1];
    let inner = inner.replace("\"\"", "\"").replace("\\\"", "\"");
    format!("\"{inner}\"")
}

/// Of each entry of a line of CSV whether it stands in double quotes, up to the last that does.
pub(super) fn quoted(line: &str, separator: u8, quoted: &mut Vec<bool>) {
    quoted.clear();
    if !line.contains('"') {
        return;
    }
    let (mut is_start, mut is_inside) = (true, false);
    for byte in line.bytes() {
        if is_start {
            quoted.push(byte == b'"');
        }
        // Doubled quotes close an entry and open it again.
        if byte == b'"' && quoted.last() == Some(&true) {
            is_inside = !is_inside;
        }
        is_start = byte == separator && !is_inside;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blanks(line: &str) -> Vec<String> {
        let mut entries = Vec::new();
        cut_at_blanks(line, |entry| entries.push(entry.to_owned()));
        entries
    }

    #[test]
    fn blanks_within_quotes_separate_nothing() {
        assert_eq!(
            blanks(" \"1\" \"Ankle boot\"\t0  12 "),
            ["\"1\"", "\"Ankle boot\"", "0", "12"]
        );
        assert_eq!(blanks("\"\" 0"), ["\"\"", "0"]);
        assert_eq!(
            blanks("\"a \"\"b\"\" c\" 0 \"d \\\"e\\\" f\""),
            ["\"a \"b\" c\"", "0", "\"d \"e\" f\""]
        );
        for stray in ["\" 0 1", "5\" 0 1", "\"5 0 1"] {
            let words: Vec<&str> = stray.split(' ').collect();
            assert_eq!(blanks(stray), words, "a stray one");
        }
    }

    #[test]
    fn entries_in_quotes_are_known() {
        let known = |line: &str| {
            let mut known = Vec::new();
            quoted(line, b',', &mut known);
            known
        };
        assert!(known("7,8").is_empty());
        assert_eq!(known("\"a,b\",,7,\"\""), [true, false, false, true]);
        assert_eq!(known("\"a\"\",b\",5\""), [true, false]);
    }
}
