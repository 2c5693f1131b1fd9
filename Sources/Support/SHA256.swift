/// The SHA-256 digest of bytes (FIPS 180-4), of which Kustomize makes the suffixes of generated names.
///
/// Not for secrets. Worked example: of "abc" it begins with ba7816bf 8f01cfea.
public func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
        0x5be0_cd19,
    ]
    var message = Array(bytes)
    let bits = UInt64(message.count) * 8
    message.append(0x80)
    while message.count % 64 != 56 { message.append(0) }
    for shift in (0..<8).reversed() {
        message.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift * 8)))
    }
    for begin in stride(from: 0, to: message.count, by: 64) {
        addBlock(message[begin..<(begin + 64)], to: &state)
    }
    return state.flatMap { word in
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: word >> UInt32($0 * 8)) }
    }
}

private func addBlock(_ block: ArraySlice<UInt8>, to state: inout [UInt32]) {
    var words = [UInt32](repeating: 0, count: 64)
    for index in 0..<16 {
        for byte in 0..<4 {
            words[index] = words[index] << 8 | UInt32(block[block.startIndex + index * 4 + byte])
        }
    }
    for index in 16..<64 {
        let early = words[index - 15]
        let late = words[index - 2]
        let low = turned(early, 7) ^ turned(early, 18) ^ (early >> 3)
        let high = turned(late, 17) ^ turned(late, 19) ^ (late >> 10)
        words[index] = words[index - 16] &+ low &+ words[index - 7] &+ high
    }
    var work = state
    for index in 0..<64 {
        let high = turned(work[4], 6) ^ turned(work[4], 11) ^ turned(work[4], 25)
        let choice = (work[4] & work[5]) ^ (~work[4] & work[6])
        let first = work[7] &+ high &+ choice &+ constants[index] &+ words[index]
        let low = turned(work[0], 2) ^ turned(work[0], 13) ^ turned(work[0], 22)
        let majority = (work[0] & work[1]) ^ (work[0] & work[2]) ^ (work[1] & work[2])
        work.removeLast()
        work.insert(first &+ low &+ majority, at: 0)
        work[4] = work[4] &+ first
    }
    for index in 0..<8 { state[index] = state[index] &+ work[index] }
}

private func turned(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let constants: [UInt32] = {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < 64 {
        if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
        candidate += 1
    }
    return primes.map { prime in
        // The root in units of 2^-32, by halving; its cube needs 128 bits.
        var low: UInt64 = 0
        var high: UInt64 = 8 << 32
        while low + 1 < high {
            let middle = (low + high) / 2
            let cube = UInt128(middle) * UInt128(middle) * UInt128(middle)
            if cube <= UInt128(prime) << 96 { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }
}()
