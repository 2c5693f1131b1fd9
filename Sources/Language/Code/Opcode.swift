/// What an instruction does.
///
/// `a`, `b` and `c` are the operands: registers of the function at work (`r[a]`), or an index into
/// one of the tables of ``Code``, or, for jumps, the distance from the next instruction.
enum Opcode: UInt8 {
    // MARK: Moving values
    /// r[a] = constants[c]
    case constant
    /// r[a] = integer c
    case integer
    /// r[a] = r[b]
    case move
    /// r[a] = globals[c]; an error when it is not set yet
    case loadGlobal
    /// globals[c] = r[a]
    case storeGlobal
    /// r[a] becomes a cell that holds what r[a] held; captured variables that change live in cells
    case makeCell
    /// r[a] = contents of the cell r[b]
    case loadCell
    /// contents of the cell r[b] = r[a]
    case storeCell
    /// r[a ..< a + c] = unset
    case clear
    /// The contents of the cell r[b], or globals[c], += r[a], in place
    case addToCell, addToGlobal

    // MARK: Arithmetic
    /// r[a] = r[b] op r[c]
    case add, subtract, multiply, divide, remainder
    /// r[a] = r[b] + integer c
    case addInteger
    /// r[a] = -r[b]
    case negate
    /// r[a] = not r[b]
    case not
    /// r[a] = r[b], which must be a boolean
    case requireBoolean

    // MARK: Comparing
    /// r[a] = r[b] op r[c]
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    /// r[a] = r[b] read as a quantity; null stays null
    case readQuantity
    /// r[a] = r[b] read as a duration, from a duration field's text; null stays null
    case readDuration
    /// r[a] = r[b] op r[c]
    case contains, inside, notInside
    /// r[a] = r[b] is a subset match of the pattern r[c]; the merge keys come from the next word
    case matches
    /// r[a] = the regular expression r[c] occurs in r[b]
    case matchesPattern
    /// r[a] = the object or field r[b] is there
    case exists
    case absent

    // MARK: Jumps
    case jump
    /// Jump by c if r[a] is true; anything but a boolean is an error.
    case jumpIf
    case jumpUnless
    /// Jump by c unless r[a] op r[b].
    case jumpUnlessEqual, jumpUnlessNotEqual
    case jumpUnlessLess, jumpUnlessLessOrEqual, jumpUnlessGreater, jumpUnlessGreaterOrEqual
    /// Jump by c unless r[a] op constants[b].
    case jumpUnlessEqualConstant, jumpUnlessNotEqualConstant
    /// Jump by c unless the field of r[a] op the text constants[b]; the path is in the next word.
    case jumpUnlessFieldEqual, jumpUnlessFieldNotEqual
    /// Jump by c unless r[a] op the integer b (16 bits, signed).
    case jumpUnlessLessInteger, jumpUnlessLessOrEqualInteger
    case jumpUnlessGreaterInteger, jumpUnlessGreaterOrEqualInteger
    /// Jump by c if r[a] was given (is not unset): skips the default of a parameter.
    case jumpIfGiven
    /// Counts a step and looks for interrupts: begins every loop.
    case poll

    // MARK: Fields and structures
    /// r[a] = the field of r[b] by paths[c], which has nothing but plain fields
    case fields
    /// r[a] = the part of r[b] by paths[c]
    case path
    /// The part of the variable r[a] by paths[c] = r[b]
    case setPath
    /// The same for the contents of the cell r[a], or of the global that paths[c] names.
    case setCellPath, setGlobalPath
    /// r[a] = [r[b], … c items]
    case list
    /// r[a] = the map with keys of maps[c] and values from r[b] on
    case map
    /// r[a] = a pattern `[…, items]` of c items from r[b] on
    case openList
    /// r[a] = r[b]..r[c]
    case range
    /// r[a] = the texts of c values from r[b] on, joined
    case interpolate
    /// r[a] gets r[b] appended, in place
    case append
    /// r[a] += [r[b]], in place; r[b] may be a structure that was just made
    case push
    /// r[a] = r[b] sorted by the keys r[c], ascending or descending
    case sortAscending, sortDescending

    // MARK: Loops
    /// r[a] = r[b] as a sequence and r[a+1] = 0; c names what wants it, for messages
    case iterate
    /// r[b] = the next item of r[a], or jump by c
    case next
    /// r[a] and r[b] must be integers: the ends of a range loop
    case rangeStart
    /// r[b] = r[a] and r[a] += 1 while r[a] <= r[a+1], else jump by c
    case rangeNext
    /// r[a ..< a + c] = the items of the list r[b], which must be as many
    case unpack

    // MARK: Functions
    /// r[a] = functions[c](b arguments from r[a] on)
    case callFunction
    /// r[a] = r[a](b arguments from r[a+1] on)
    case callValue
    /// r[a] = builtins[c](b arguments from r[a] on)
    case callBuiltin
    /// r[a] = a closure of functions[c]
    case closure
    case returnValue
    case returnNull

    // MARK: The world
    /// r[a] = what queries[c] reads
    case read
    /// Tells the host that the statement at this place begins.
    case begins
    /// Runs pipelines[c]; failure ends the scenario.
    case command
    /// r[a] = the exit code of pipelines[c]; the failure is remembered.
    case pipeline
    /// Jump by c if the exit code r[a] is 0, or is not.
    case jumpIfSuccess, jumpIfFailure
    /// Fails with the remembered failure unless r[a] is 0.
    case requireSuccess
    /// Runs pipelines[c] with the block that follows.
    case commandBlock
    /// From here on output is kept.
    case beginCapture
    /// r[a] = what was kept.
    case endCapture
    /// Runs the block that follows with its output kept in r[a].
    case outputBlock
    /// Ends a block that native code runs.
    case blockEnd
    /// The last statement of an `expect fails` block begins.
    case lastStatement
    /// Prints c values from r[a] on.
    case print
    /// Shows r[a] as the answer of a prompt.
    case echo
    /// Puts the file named r[a] with the text r[b] into memory.
    case file
    /// behaviors[c]
    case behavior
    case skip
    /// timers[c], in r[a] the time, in r[b] the closure
    case timer

    // MARK: Expectations
    /// From here on items that decide a quantifier are remembered for the report.
    case explainBegin
    /// expectations[c] failed; r[a] is the message, where there is one.
    case expectFailed
    /// expectations[c] held.
    case explainEnd
    /// Waits for expectations[c] at most r[a]; r[b] is the closure of the condition.
    case wait
    /// Watches expectations[c] during the block that follows; r[b] is the closure.
    case watch
    /// The block that follows must fail; expectations[c]; r[a] the text if any.
    case expectFails
    /// Checks the output r[a] against r[b] by expectations[c].
    case expectOutput
    /// The item decides quantifiers[c]: r[a] is the outcome, r[b] the item.
    case itemDecides
    /// The item r[b] lacks the property of quantifiers[c]: remembered for the report on `any`.
    case itemFails
    /// The list of quantifiers[c] is through: r[a] is the outcome, r[b] the list.
    case quantified
}

/// One instruction of the evaluator.
struct Instruction {
    var op: Opcode
    var a: UInt16
    var b: UInt16
    var c: Int32

    init(_ op: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
        self.op = op
        self.a = UInt16(truncatingIfNeeded: a)
        self.b = UInt16(truncatingIfNeeded: b)
        self.c = Int32(truncatingIfNeeded: c)
    }
}
