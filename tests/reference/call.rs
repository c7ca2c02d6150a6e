//! Calling operators from a test.

use sconce::op::{registry, Operator, Stack};
use sconce::IValue;

pub const PANIC: &str = "a panic";

/// The results, or the message of the error.
pub fn run(operator: &Operator, args: &[IValue]) -> Result<Vec<IValue>, String> {
    let mut stack: Stack = args.to_vec();
    let call = std::panic::AssertUnwindSafe(|| operator.call(&mut stack, args.len()));
    let outcome = std::panic::catch_unwind(call).map_err(|_| PANIC.to_string())?;
    outcome.map(|()| stack).map_err(|e| e.message().to_string())
}

/// Deterministic numbers (xorshift).
pub struct Random(pub u64);

impl Random {
    /// The beginning for a name: that of one operator does not depend on the others.
    pub fn of(name: &str) -> Random {
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ b as u64).wrapping_mul(0x100_0000_01b3));
        Random(hash | 1)
    }
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 8
    }
    pub fn below(&mut self, n: usize) -> usize {
        self.next() as usize % n
    }
    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// Random calls of every operator, each with numbers of its own; `call` says whether the operator took the arguments.
/// `ROUNDS=20` makes twenty times as many, `ONLY=clamp` those of operators whose name has the word; with the printed
/// `SEED` as well, a failing call comes first.
pub fn random_calls_of(names: &[&str], usual: usize, call: impl Fn(&Operator, &mut Random) -> Result<usize, String>) {
    let rounds = usual * std::env::var("ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let only = std::env::var("ONLY").unwrap_or_default();
    let (mut calls, mut failures) = (0, Vec::new());
    for name in names.iter().filter(|name| name.contains(&only)) {
        let (base, overload) = name.split_once('.').unwrap_or((name, ""));
        let Some(operator) = registry().find(&format!("aten::{base}"), overload) else {
            failures.push(format!("{name}: not in the table"));
            continue;
        };
        let mut random = seed().unwrap_or(Random::of(name));
        let mut taken = 0;
        for _ in 0..rounds {
            let at = random.0;
            match call(&operator, &mut random) {
                Ok(done) => taken += done,
                Err(why) => {
                    failures.push(format!("{name} (SEED={at:#x}): {why}"));
                    taken = rounds;
                    break;
                }
            }
        }
        if taken == 0 {
            failures.push(format!("{name}: every call was refused"));
        }
        calls += taken;
    }
    assert!(failures.is_empty(), "{} operators fail, {calls} calls agree:\n{}", failures.len(), failures.join("\n"));
}

fn seed() -> Option<Random> {
    let seed = std::env::var("SEED").ok()?;
    u64::from_str_radix(seed.trim_start_matches("0x"), 16).ok().map(Random)
}
