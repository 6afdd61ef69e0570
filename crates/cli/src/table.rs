//! Tables on a terminal, where a Chinese character takes two columns.

use std::fmt;
use unicode_width::UnicodeWidthStr;

/// Rows under heads, aligned.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(heads: &[&str]) -> Self {
        Self { rows: vec![heads.iter().map(|&head| head.to_owned()).collect()] }
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.rows {
            for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let pad = if at + 1 == row.len() { 0 } else { width - cell.width() + 2 };
                write!(f, "{cell}{}", " ".repeat(pad))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_for_both_widths() {
        let mut table = Table::new(&["地区", "b"]);
        table.row(vec!["abcde".to_owned(), "一".to_owned()]);
        assert_eq!(table.to_string(), "地区   b\nabcde  一\n");
    }
}
