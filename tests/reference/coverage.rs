//! No elementwise operator and no reduction of the table is left out: each has a line in a reference here, or stands
//! below with the reason why not and then has cases with PyTorch's results in `tests/op`.

use std::collections::{BTreeMap, BTreeSet};

use sconce::op::{registry, Eval, Operator};

use crate::{elementwise, norm, reduce};

/// Tables of which every operator is meant. Elsewhere those are meant that run through the elementwise frame or have
/// a `keepdim`.
const FAMILIES: [&str; 7] = [
    "pointwise::OPS",
    "pointwise::special::OPS",
    "pointwise::special::POLYNOMIALS",
    "reduce::OPS",
    "scan::OPS",
    "softmax::OPS",
    "norm::OPS",
];

const WITHOUT: &[(&str, &str)] = &[
    ("log_sigmoid_backward", "takes what the forward operator kept"),
    ("glu prelu", "element i is not of elements i"),
    (
        "linalg_norm linalg_norm.ord_str linalg_matrix_norm linalg_matrix_norm.str_ord nuclear_norm nuclear_norm.dim",
        "reduce matrices",
    ),
    ("quantile quantile.scalar nanquantile nanquantile.scalar", "reduce by positions between elements"),
    ("dist pairwise_distance cosine_similarity", "reduce two tensors"),
    ("log_sigmoid_backward", "is a gradient with a buffer, which inference does not call"),
    ("norm_except_dim renorm _weight_norm _weight_norm_interface trace", "reduce by a rule of their own"),
];

#[test]
fn every_operator_has_a_reference() {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for line in [elementwise::names(), reduce::names(), norm::names()].into_iter().flatten() {
        assert!(names.insert(line), "{line} has two lines");
    }
    let without: BTreeMap<&str, &str> =
        WITHOUT.iter().flat_map(|(names, why)| names.split_whitespace().map(move |name| (name, *why))).collect();
    let cases = cases();
    let mut wrong = Vec::new();
    // the forms that are derived from an entry are tested with it
    for operator in registry().all().iter().filter(|o| o.entry().is_some_and(|(_, exact)| exact) && meant(o)) {
        let qualified = operator.qualified();
        let name = qualified.trim_start_matches("aten::");
        let base = operator.name.trim_start_matches("aten::");
        match (names.remove(name), without.get(name)) {
            (true, None) => {}
            (true, Some(_)) => wrong.push(format!("{name} has a line: it need not be listed in coverage.rs")),
            (false, None) => {
                wrong.push(format!("{name} has no reference: add a line to table.rs, reduce.rs or norm.rs"))
            }
            (false, Some(_)) if cases.contains(base) => {}
            (false, Some(why)) => wrong.push(format!("{name} is left out ({why}), and tests/op has no case of it")),
        }
    }
    let table: BTreeSet<String> = registry().all().iter().map(|o| o.qualified()).collect();
    let gone = without.keys().filter(|name| !table.contains(&format!("aten::{name}")));
    wrong.extend(gone.map(|name| format!("{name} is left out, and is not in the table")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Elementwise operators and reductions.
pub fn meant(operator: &Operator) -> bool {
    let Some((op, _)) = operator.entry() else { return false };
    let elementwise = matches!(op.eval, Eval::Pointwise(_) | Eval::PointwiseInto(_));
    let reduces = operator.schema().is_ok_and(|schema| schema.arguments.iter().any(|a| a.name == "keepdim"));
    operator.name.starts_with("aten::") && (FAMILIES.contains(&operator.family) || elementwise || reduces)
}

/// The names of the operators that `tests/op` calls.
fn cases() -> BTreeSet<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/op");
    let files = std::fs::read_dir(folder).expect("tests/op").flatten().map(|entry| entry.path());
    let mut names = BTreeSet::new();
    for file in files.filter(|file| file.extension().is_some_and(|e| e == "cases")) {
        let text = std::fs::read_to_string(file).expect("readable");
        let heads = text.lines().filter_map(|line| line.strip_prefix("aten::")?.split([' ', '.']).next());
        names.extend(heads.map(str::to_string));
    }
    names
}
