import Glibc

/// Arithmetic of awk, which is that of C's doubles.
enum AwkMath {
    static func result(_ operation: AwkOperator, _ left: Double, _ right: Double) -> Double {
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        case .remainder: left.truncatingRemainder(dividingBy: right)
        case .power: power(left, right)
        }
    }

    static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

    static func logarithm(_ number: Double, base: Int) -> Double {
        base == 2 ? log2(number) : log10(number)
    }

    static func value(_ function: AwkFunction, _ number: Double, _ other: Double) -> Double? {
        switch function {
        case .atan2: atan2(number, other)
        case .cos: cos(number)
        case .exp: exp(number)
        case .int: number.rounded(.towardZero)
        case .log: log(number)
        case .sin: sin(number)
        case .sqrt: number.squareRoot()
        case .close, .fflush, .gsub, .index, .length, .match, .rand, .split, .sprintf, .srand, .sub,
            .substr, .tolower, .toupper:
            nil
        }
    }
}
