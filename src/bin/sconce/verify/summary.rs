//! The end of a run: reasons, grouped and counted, and the totals.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::case::CasePaths;
use super::judge::{Report, Status};

/// A table of everything that did not pass, most frequent first, then `N passed, N failed, N skipped`.
pub fn summary(cases: &[CasePaths], reports: &[Report]) -> String {
    let mut groups: BTreeMap<(Status, &str), (usize, String)> = BTreeMap::new();
    for (case, report) in cases.iter().zip(reports) {
        if report.status != Status::Pass {
            let group = groups.entry((report.status, &report.reason)).or_insert_with(|| (0, case.name()));
            group.0 += 1;
        }
    }
    let mut rows: Vec<_> = groups.into_iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.1 .0));
    let mut out = String::new();
    if !rows.is_empty() {
        let _ = writeln!(out, "{:>6}  {:<11}  reason (example)", "cases", "status");
    }
    for ((status, reason), (count, example)) in rows {
        let _ = writeln!(out, "{count:>6}  {:<11}  {reason} ({example})", name(status));
    }
    let count = |wanted: &dyn Fn(Status) -> bool| reports.iter().filter(|report| wanted(report.status)).count();
    let passed = count(&|status| status == Status::Pass);
    let skipped = count(&|status| status == Status::Unsupported);
    let _ = writeln!(out, "{passed} passed, {} failed, {skipped} skipped", reports.len() - passed - skipped);
    out
}

fn name(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Fail => "fail",
        Status::Unsupported => "unsupported",
        Status::LoadError => "load_error",
        Status::Crash => "crash",
        Status::Timeout => "timeout",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted() {
        let reports = [
            Report::new(Status::Pass, "", ""),
            Report::new(Status::Unsupported, "aten::x", "d"),
            Report::new(Status::Fail, "wrong values", "d"),
            Report::new(Status::Fail, "wrong values", "e"),
        ];
        let cases: Vec<CasePaths> =
            ["a", "b", "c", "d"].map(|n| CasePaths { model: format!("{n}.pt").into(), io: "".into() }).into();
        let expected = " cases  status       reason (example)\n     2  fail         wrong values (c)\n     1  \
                        unsupported  aten::x (b)\n1 passed, 2 failed, 1 skipped\n";
        assert_eq!(summary(&cases, &reports), expected);
    }
}
