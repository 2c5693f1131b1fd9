// Blanks between two atoms of one line.

extension Layout {
    /// The blanks before an atom that is not the first of its line: none or one.
    func spaces(before index: Int) -> Int {
        let (left, right) = (atoms[index - 1], atoms[index])
        if right.isComment { return 2 }
        return signs(left, right, index) ?? brackets(left, right, index) ?? words(left, right)
            ?? (right.hasGap ? 1 : 0)
    }

    private func signs(_ left: LayoutAtom, _ right: LayoutAtom, _ index: Int) -> Int? {
        if right.isToken(.comma) || right.isToken(.semicolon) || right.isToken(.colon) { return 0 }
        if left.isToken(.comma), right.closes == 0 { return 1 }
        if left.isToken(.semicolon) || left.isToken(.colon) { return 1 }
        if left.role == .prefix || left.isToken(.dot) { return 0 }
        if isSelectorSign(left, index - 1) || isSelectorSign(right, index) { return 0 }
        if left.role == .binary || right.role == .binary { return 1 }
        if left.role == .clause || right.role == .clause { return 1 }
        if left.role == .operation || right.role == .operation { return 1 }
        if isAssignment(left) || isAssignment(right) { return 1 }
        return nil
    }

    /// `=` and the like in `[app=web]`.
    private func isSelectorSign(_ atom: LayoutAtom, _ index: Int) -> Bool {
        guard enclosing[index] >= 0, atoms[enclosing[index]].region == .selector else {
            return false
        }
        return Self.selectorSigns.contains { atom.isToken($0) }
    }

    private static let selectorSigns: [TokenKind] = [.assign, .equal, .notEqual]
    private static let assignments: [TokenKind] = [
        .assign, .addAssign, .subtractAssign, .multiplyAssign, .divideAssign, .arrow,
    ]

    private func isAssignment(_ atom: LayoutAtom) -> Bool {
        Self.assignments.contains { atom.isToken($0) }
    }

    private func brackets(_ left: LayoutAtom, _ right: LayoutAtom, _ index: Int) -> Int? {
        if let region = left.region, !region.holdsStatements { return 0 }
        if right.closes > 0, closesBracket(right, index) { return 0 }
        if isBrace(right) || isBrace(left) { return 1 }
        if right.isToken(.rightBrace), right.closes > 0 { return 1 }
        return nil
    }

    /// The `{` of a block.
    private func isBrace(_ atom: LayoutAtom) -> Bool {
        atom.isToken(.leftBrace) && atom.region == .block
    }

    private func closesBracket(_ atom: LayoutAtom, _ index: Int) -> Bool {
        // An atom that ends a region lies outside it; the one before it lies inside, or begins it.
        let before = index - 1
        let start = atoms[before].regionEnd == index ? before : enclosing[before]
        guard start >= 0, let region = atoms[start].region else { return false }
        return !region.holdsStatements
    }

    /// Keywords stand apart from what is next to them.
    private func words(_ left: LayoutAtom, _ right: LayoutAtom) -> Int? {
        if standsApart(right), left.region == nil { return 1 }
        guard standsApart(left) else { return nil }
        if right.isToken(.leftParenthesis) {
            return ["fn", "print"].contains(left.text) ? nil : 1
        }
        return right.closes > 0 ? nil : 1
    }

    private func standsApart(_ atom: LayoutAtom) -> Bool {
        guard atom.isKeyword, atom.role != .plain else { return false }
        return !["null", "true", "false", "it", "exists", "absent", "skip"].contains(atom.text)
    }
}
