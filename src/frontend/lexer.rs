//! Splits TorchScript text into tokens, with `Newline`, `Indent` and `Dedent` made explicit.
//!
//! The lexer never fails: text that is no token becomes [`Tok::Invalid`] or [`Tok::BadIndent`], reported by the parser
//! when it gets there, so that the first error in the text is the one that is told.

/// A token: kind and half-open byte range.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub tok: Tok,
    pub start: u32,
    pub end: u32,
}

macro_rules! tokens {
    (plain { $($plain:ident $plain_name:literal,)* } words { $($word:ident $word_text:literal,)* }
     symbols { $($symbol:ident $text:literal $name:literal,)* }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tok { $($plain,)* $($word,)* $($symbol,)* }

        impl Tok {
            /// The name PyTorch's messages use.
            pub fn name(self) -> &'static str {
                match self {
                    $(Tok::$plain => $plain_name,)* $(Tok::$word => $word_text,)* $(Tok::$symbol => $name,)*
                }
            }
        }

        const WORDS: &[(&str, Tok)] = &[$(($word_text, Tok::$word),)*];

        /// Longest first among those with a common start.
        const SYMBOLS: &[(&str, Tok)] = &[$(($text, Tok::$symbol),)*];
    };
}

tokens! {
    plain {
        Eof "eof", Newline "newline", Indent "indent", Dedent "dedent", Ident "ident", Number "number",
        Str "string_literal", TypeComment "type comment", IsNot "is not", NotIn "not in", Invalid "invalid",
        BadIndent "invalid indent",
    }
    words {
        Def "def", If "if", Else "else", Elif "elif", While "while", Return "return", True "True", False "False",
        None "None", And "and", Or "or", Not "not", Global "global", For "for", In "in", Is "is", Raise "raise",
        Assert "assert", Break "break", Continue "continue", Del "del", Pass "pass", Class "class",
        Import "import", With "with", As "as", Ellipsis "Ellipsis", NoneType "NoneType",
    }
    symbols {
        ShlAssign "<<=" "<<=", ShrAssign ">>=" ">>=", PowAssign "**=" "**=", Dots "..." "dots",
        Equivalent "<=>" "equivalent",
        Ne "!=" "ne", Eq "==" "eq", Le "<=" "le", Ge ">=" "ge", FloorDiv "//" "floordiv", Shl "<<" "<<",
        Shr ">>" ">>", AddAssign "+=" "+=", SubAssign "-=" "-=", MulAssign "*=" "*=", DivAssign "/=" "/=",
        ModAssign "%=" "%=", OrAssign "|=" "|=", AndAssign "&=" "&=", XorAssign "^=" "^=", Pow "**" "pow operator",
        Arrow "->" "arrow",
        Plus "+" "+", Minus "-" "-", Star "*" "*", Slash "/" "/", Percent "%" "%", At "@" "@", LParen "(" "(",
        RParen ")" ")", LBracket "[" "[", RBracket "]" "]", Colon ":" ":", Comma "," ",", Assign "=" "=",
        LBrace "{" "{", RBrace "}" "}", Gt ">" ">", Lt "<" "<", Dot "." ".", Question "?" "?", Bang "!" "!",
        Amp "&" "&", Caret "^" "^", Pipe "|" "|", Tilde "~" "~",
    }
}

/// All tokens of the text; the last is `Eof`, `Invalid` or `BadIndent`. The text is shorter than 4 GiB.
pub(super) fn tokenize(text: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        bytes: text.as_bytes(),
        pos: 0,
        nesting: 0,
        indents: vec![],
        tokens: Vec::with_capacity(text.len() / 4),
    };
    // A file starts like a line: its first indentation is the outermost level.
    let first = lexer.skip_blank_lines();
    lexer.indents.push(first);
    while lexer.next_token() {}
    lexer.tokens
}

/// Length of the number at the start of `bytes`, 0 if there is none: what C's `strtod` takes, and a `j`.
fn number_length(bytes: &[u8]) -> usize {
    let digits = |from: usize, hex: bool| {
        let is_digit = |b: &&u8| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() };
        bytes.get(from..).unwrap_or(&[]).iter().take_while(is_digit).count()
    };
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let mantissa = |start: usize, hex: bool| -> Option<usize> {
        let whole = digits(start, hex);
        let mut end = start + whole;
        let mut fraction = 0;
        if at(end) == b'.' {
            fraction = digits(end + 1, hex);
            end += 1 + fraction;
        }
        (whole + fraction > 0).then_some(end)
    };
    let hex = at(0) == b'0' && matches!(at(1), b'x' | b'X');
    let (mut end, exponent) = match hex.then(|| mantissa(2, true)).flatten() {
        Some(end) => (end, b'p'),
        None => match mantissa(0, false) {
            Some(end) => (end, b'e'),
            None => return 0,
        },
    };
    if at(end).eq_ignore_ascii_case(&exponent) {
        let sign = usize::from(matches!(at(end + 1), b'+' | b'-'));
        let count = digits(end + 1 + sign, false);
        if count > 0 {
            end += 1 + sign + count;
        }
    }
    end + usize::from(at(end) == b'j')
}

/// Length of the string literal at the start of `bytes`, quotes included; `None` if it does not end.
fn string_length(bytes: &[u8]) -> Option<usize> {
    let quote = *bytes.first().filter(|b| matches!(b, b'\'' | b'"'))?;
    let triple = bytes.get(1) == Some(&quote) && bytes.get(2) == Some(&quote);
    let mut i = if triple { 3 } else { 1 };
    loop {
        match *bytes.get(i)? {
            b'\\' => i += 1,
            b'\n' if !triple => return None,
            b if b == quote && !triple => return Some(i + 1),
            b if b == quote && bytes.get(i + 1) == Some(&quote) && bytes.get(i + 2) == Some(&quote) => {
                return Some(i + 3)
            }
            _ => {}
        }
        i += 1;
    }
}

struct Lexer<'a> {
    bytes: &'a [u8],
    pos: usize,
    /// Depth of open brackets, inside which newlines are blanks.
    nesting: usize,
    /// Columns of the open blocks; never empty after the start.
    indents: Vec<usize>,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn rest(&self) -> &[u8] {
        self.bytes.get(self.pos..).unwrap_or(&[])
    }

    fn push(&mut self, tok: Tok, start: usize, end: usize) {
        self.tokens.push(Token { tok, start: start as u32, end: end as u32 });
    }

    /// Appends the next token (and the block changes before it); `false` after the last.
    fn next_token(&mut self) -> bool {
        let before_blanks = self.pos;
        loop {
            match self.rest() {
                [b'\n', ..] if self.nesting == 0 => return self.end_of_line(),
                [b'\\', b'\n', ..] => self.pos += 2,
                [b'\\', b'\r', b'\n', ..] => self.pos += 3,
                [b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c, ..] => self.pos += 1,
                [b'#', ..] if !self.rest().starts_with(b"# type:") => self.skip_comment(),
                _ => break,
            }
        }
        let start = self.pos;
        if start >= self.bytes.len() {
            return self.end_of_file();
        }
        let (tok, length) = self.scan();
        if tok == Tok::Invalid {
            self.push(tok, start, start + 1);
            // The message shows the byte at which PyTorch began to look.
            self.push(Tok::Eof, before_blanks, before_blanks + 1);
            return false;
        }
        match tok {
            Tok::LParen | Tok::LBracket | Tok::LBrace => self.nesting += 1,
            Tok::RParen | Tok::RBracket | Tok::RBrace => self.nesting = self.nesting.saturating_sub(1),
            _ => {}
        }
        self.pos = start + length;
        self.push(tok, start, self.pos);
        true
    }

    /// The token at the current position, which is not blank.
    fn scan(&self) -> (Tok, usize) {
        let rest = self.rest();
        let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
        match rest[0] {
            b'0'..=b'9' | b'.' => {
                let length = number_length(rest);
                if length > 0 {
                    return (Tok::Number, length);
                }
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let length = rest.iter().take_while(|b| is_word(b)).count();
                let word = &rest[..length];
                let followed_by = |next: &[u8]| {
                    rest[length..].starts_with(next) && !rest.get(length + next.len()).is_some_and(is_word)
                };
                return match WORDS.iter().find(|(text, _)| text.as_bytes()[0] == word[0] && text.as_bytes() == word) {
                    Some((_, Tok::Is)) if followed_by(b" not") => (Tok::IsNot, length + 4),
                    Some((_, Tok::Not)) if followed_by(b" in") => (Tok::NotIn, length + 3),
                    Some((_, tok)) => (*tok, length),
                    None => (Tok::Ident, length),
                };
            }
            b'\'' | b'"' => {
                return string_length(rest).map_or((Tok::Invalid, 0), |length| (Tok::Str, length));
            }
            b'#' => return (Tok::TypeComment, "# type:".len()),
            _ => {}
        }
        match SYMBOLS.iter().find(|(text, _)| text.as_bytes()[0] == rest[0] && rest.starts_with(text.as_bytes())) {
            Some((text, tok)) => (*tok, text.len()),
            None => (Tok::Invalid, 0),
        }
    }

    fn skip_comment(&mut self) {
        self.pos += self.rest().iter().take_while(|b| **b != b'\n').count();
    }

    /// Skips empty and comment lines from the start of a line; returns the indentation of the line it stops at, whose
    /// blanks are skipped too.
    fn skip_blank_lines(&mut self) -> usize {
        loop {
            let line = self.pos;
            self.pos += self.rest().iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r' | 0x0c)).count();
            let indent = self.pos - line;
            if self.rest().starts_with(b"#") && !self.rest().starts_with(b"# type:") {
                self.skip_comment();
            }
            match self.rest() {
                [b'\n', ..] => self.pos += 1,
                _ => return indent,
            }
        }
    }

    /// `Newline`, or `Indent`, or `Newline` and `Dedent`s, by the indentation of the next line that has text.
    fn end_of_line(&mut self) -> bool {
        self.pos += 1;
        let after = self.pos;
        let indent = self.skip_blank_lines();
        // At the end of the text every block closes.
        let indent = if self.pos >= self.bytes.len() { self.indents[0] } else { indent };
        let current = *self.indents.last().unwrap_or(&0);
        if indent > current {
            self.indents.push(indent);
            self.push(Tok::Indent, after, after);
            return true;
        }
        self.push(Tok::Newline, after, after);
        while *self.indents.last().unwrap_or(&0) > indent {
            self.indents.pop();
            self.push(Tok::Dedent, after, after);
        }
        if self.indents.last() != Some(&indent) {
            self.push(Tok::BadIndent, after, after + indent);
            self.push(Tok::Eof, after, after);
            return false;
        }
        true
    }

    fn end_of_file(&mut self) -> bool {
        let end = self.bytes.len();
        self.push(Tok::Eof, end, end);
        false
    }
}
