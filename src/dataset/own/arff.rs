//! ARFF, the format of Weka and OpenML: the names of the columns, each in a line of its
//! own, and then rows of CSV.

/// The names of the columns, and where the rows begin; none if `text` is no ARFF.
pub(super) fn header(text: &str) -> Option<(Vec<String>, usize)> {
    let mut names = Vec::new();
    let mut start = 0;
    let mut lines = text.split_inclusive('\n');
    let first = lines.clone().map(str::trim).find(|line| !is_remark(line));
    if first.is_none_or(|line| keyword(line, "@relation").is_none()) {
        return None;
    }
    loop {
        let line = lines.next()?;
        start += line.len();
        if let Some(attribute) = keyword(line, "@attribute") {
            names.push(name(attribute).to_owned());
        } else if keyword(line, "@data").is_some() {
            return Some((names, start));
        }
    }
}

/// `text` with empty lines in place of its remarks: here `%` is the mark of nothing else.
pub(super) fn without_remarks(text: &str) -> String {
    let lines = text.split_inclusive('\n');
    let without = |line| {
        if is_remark(str::trim(line)) {
            "\n"
        } else {
            line
        }
    };
    lines.map(without).collect()
}

fn is_remark(line: &str) -> bool {
    line.is_empty() || line.starts_with('%')
}

/// What follows `keyword`, in capitals or not, at the start of `line`.
fn keyword<'a>(line: &'a str, keyword: &str) -> Option<&'a str> {
    let (start, rest) = line.trim().split_at_checked(keyword.len())?;
    start.eq_ignore_ascii_case(keyword).then(|| rest.trim())
}

/// The name of an attribute, which may stand in quotes.
fn name(attribute: &str) -> &str {
    let quoted = |quote| attribute.strip_prefix(quote)?.split_once(quote);
    let (name, _) = quoted('\'')
        .or_else(|| quoted('"'))
        .or_else(|| attribute.split_once(char::is_whitespace))
        .unwrap_or((attribute, ""));
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_before_the_rows() {
        let text = "% MNIST\n\n@RELATION mnist\n@attribute 'pixel 1' real\n@ATTRIBUTE class {0,1}\n@DATA\n7,1\n";
        let (names, start) = header(text).expect("ARFF");
        assert_eq!(names, ["pixel 1", "class"]);
        assert_eq!(&text[start..], "7,1\n");
    }

    #[test]
    fn remarks_become_empty_lines() {
        let text = "@DATA\r\n% 1,2\r\n%3,4\n\n#,6\n";
        assert_eq!(without_remarks(text), "@DATA\r\n\n\n\n#,6\n");
    }

    #[test]
    fn other_text_is_no_arff() {
        assert_eq!(header("5,0,1\n"), None);
        assert_eq!(header("@relation without data\n"), None);
        assert_eq!(header(""), None);
    }
}
