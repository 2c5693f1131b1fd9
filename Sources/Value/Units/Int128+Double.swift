extension Int128 {
    /// The number with the precision of a double. The library's own conversion from 128 bits is generic
    /// and takes hundreds of instructions; nearly all amounts fit into 64.
    package var asDouble: Double {
        let small = Int64(truncatingIfNeeded: self)
        return Int128(small) == self ? Double(small) : Double(self)
    }
}
