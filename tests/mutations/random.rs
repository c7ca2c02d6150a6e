//! Numbers that depend on nothing but a seed.

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5ca1_ab1e);
        random.next();
        random
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    /// A number that programs stumble over.
    pub fn number(&mut self) -> i64 {
        const EDGES: [i64; 24] = [
            0,
            1,
            -1,
            2,
            3,
            7,
            8,
            63,
            64,
            127,
            128,
            255,
            256,
            1000,
            65535,
            65536,
            i32::MAX as i64,
            i32::MIN as i64,
            1 << 32,
            1 << 40,
            1 << 62,
            i64::MAX,
            i64::MIN,
            -2,
        ];
        match self.below(4) {
            0 => self.next() as i64,
            1 => self.below(1000) as i64,
            _ => EDGES[self.below(EDGES.len())],
        }
    }
}
