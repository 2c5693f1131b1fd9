import Syntax

@testable import Language

/// The kinds of nodes by name. The switches below are exhaustive: a new kind must be added here, and
/// then a sample that leads to it.
enum NodeName: String, CaseIterable {
    case constant, integer, local, cell, global, arithmetic, negate
    case equal, notEqual, ordered, fieldIs, fieldIsNot, contains, inside, notInside, matches
    case matchesRegex
    case and, or, not, conditional, exists, absent, quantified
    case fields, steps
    case list, openList, map, range, text
    case callFunction, callValue, callBuiltin, closure, frozenClosure
    case filter, ascending, descending, mapItems, mapFunction
    case read, output, parameter
    case quantity, duration, noted
    case evaluate, print, command
    case set, declare, add, grow, compute, push, setPart, unpack, makeCell, clear, defaultValue
    case block, when, choose, forEach, whileTrue, leaveLoop, nextRound, giveBack, giveBackNothing
    case guarded
    case now, within, watch, fails, expectOutput, unchanged, order, lastStatement
    case file, behavior, skip, attach, at, every
}

extension Node {
    var name: NodeName {
        switch self {
        case .expression(let node): node.name
        case .statement(let node): node.name
        }
    }
}

extension ExpressionNode {
    fileprivate var name: NodeName {
        switch self {
        case .constant: .constant
        case .integer: .integer
        case .variable(.local): .local
        case .variable(.cell): .cell
        case .variable(.global): .global
        case .arithmetic: .arithmetic
        case .negate: .negate
        case .comparison(let node): node.name
        case .logic(let node): node.name
        case .path(.fields): .fields
        case .path(.steps): .steps
        case .structure(.list): .list
        case .structure(.openList): .openList
        case .structure(.map): .map
        case .structure(.range): .range
        case .structure(.text): .text
        case .call(.function): .callFunction
        case .call(.value): .callValue
        case .call(.builtin): .callBuiltin
        case .call(.closure): .closure
        case .call(.frozenClosure): .frozenClosure
        case .items(.filter): .filter
        case .items(.ascending): .ascending
        case .items(.descending): .descending
        case .items(.map): .mapItems
        case .items(.mapFunction): .mapFunction
        case .world(.read): .read
        case .world(.output): .output
        case .world(.parameter): .parameter
        case .reading(.quantity): .quantity
        case .reading(.duration): .duration
        case .reading(.noted): .noted
        }
    }
}

extension ComparisonNode {
    fileprivate var name: NodeName {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .ordered: .ordered
        case .fieldIs: .fieldIs
        case .fieldIsNot: .fieldIsNot
        case .contains: .contains
        case .inside: .inside
        case .notInside: .notInside
        case .matches: .matches
        case .matchesRegex: .matchesRegex
        }
    }
}

extension LogicNode {
    fileprivate var name: NodeName {
        switch self {
        case .and: .and
        case .or: .or
        case .not: .not
        case .conditional: .conditional
        case .exists: .exists
        case .absent: .absent
        case .quantified: .quantified
        }
    }
}

extension StatementNode {
    fileprivate var name: NodeName {
        switch self {
        // A prompt alone echoes.
        case .evaluate, .echo: .evaluate
        case .print: .print
        case .command: .command
        case .assignment(let node): node.name
        case .control(let node): node.name
        case .expectation(let node): node.name
        case .setup(.file): .file
        case .setup(.behavior): .behavior
        case .setup(.skip): .skip
        case .setup(.attach): .attach
        case .setup(.at): .at
        case .setup(.every): .every
        }
    }
}

extension AssignmentNode {
    fileprivate var name: NodeName {
        switch self {
        case .set: .set
        case .declare: .declare
        case .add: .add
        case .grow: .grow
        case .compute: .compute
        case .push: .push
        case .setPart: .setPart
        case .unpack: .unpack
        case .makeCell: .makeCell
        case .clear: .clear
        case .defaultValue: .defaultValue
        }
    }
}

extension ControlNode {
    fileprivate var name: NodeName {
        switch self {
        case .block: .block
        case .when: .when
        case .choose: .choose
        case .forEach: .forEach
        case .whileTrue: .whileTrue
        case .leaveLoop: .leaveLoop
        case .nextRound: .nextRound
        case .giveBack: .giveBack
        case .giveBackNothing: .giveBackNothing
        case .guarded: .guarded
        }
    }
}

extension ExpectationNode {
    fileprivate var name: NodeName {
        switch self {
        case .now: .now
        case .within: .within
        case .watch: .watch
        case .fails: .fails
        case .output: .expectOutput
        case .unchanged: .unchanged
        case .order: .order
        case .lastStatement: .lastStatement
        }
    }
}
