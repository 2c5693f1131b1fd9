import Testing

@testable import Language

/// What stands beside an operator keeps its value through its four bytes.
@Suite("Operands")
struct OperandTests {
    private func kind(_ node: ExpressionNode) -> String {
        "\(Operand(.expression(node), at: NodeIndex(raw: 7)).kind)"
    }

    @Test(
        "integers of 31 bits stand where they are read",
        arguments: [0, 1, -1, 42, -42, (1 << 30) - 1, -(1 << 30)] as [Int64])
    func small(_ number: Int64) {
        guard case .integer(number) = Operand(.expression(.integer(number)), at: .init(raw: 7)).kind
        else {
            Issue.record("\(number) became \(kind(.integer(number)))")
            return
        }
    }

    @Test(
        "what has no room is a node", arguments: [1 << 30, -(1 << 30) - 1, .max, .min] as [Int64])
    func large(_ number: Int64) {
        guard case .node(let index) = Operand(.expression(.integer(number)), at: .init(raw: 7)).kind
        else {
            Issue.record("\(number) became \(kind(.integer(number)))")
            return
        }
        #expect(index.raw == 7)
    }

    @Test("variables of the frame are slots, others nodes")
    func variables() {
        guard
            case .local(let slot) = Operand(
                .expression(.variable(.local(Slot(raw: 3)))), at: .init(raw: 7)
            ).kind
        else {
            Issue.record("no slot")
            return
        }
        #expect(slot.raw == 3)
        for variable in [Variable.cell(Slot(raw: 3)), .global(GlobalSlot(raw: 3))] {
            guard
                case .node(let index) = Operand(
                    .expression(.variable(variable)), at: .init(raw: 7)
                ).kind
            else {
                Issue.record("no node")
                continue
            }
            #expect(index.raw == 7)
        }
    }

    @Test("operators reckon alike on both sides of the border, in every kind of variable")
    func reckoning() {
        let script = """
            let g = 1
            fn globals() {
              g -= 1073741824
              g *= 2
              return g
            }
            fn locals(x) {
              x -= 1073741823
              x -= 1073741824
              x /= -1073741824 + 1073741826
              x = x % 1073741824
              return [x, x + 1073741824, x - -1073741825, x == 1073741825, x < 1073741824]
            }
            fn cells(x) {
              let change = fn() { x -= 3 }
              change()
              x *= 2
              return x
            }
            print locals(5), globals(), cells(10)
            """
        #expect(
            run(script).output
                == "[3,1073741827,1073741828,false,true] -2147483646 14\n")
    }
}
