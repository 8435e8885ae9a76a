namespace LayerPS.Dockerfiles;

/// <summary>What <c>${x:-y}</c> and its like make of a variable.</summary>
internal static class VariableModifier
{
    /// <param name="modifier">-, +, ?, #, % or /.</param>
    /// <param name="doubled">Whether it stands twice: ##, %%, //.</param>
    /// <param name="value">The variable's; null where it is not set.</param>
    /// <param name="emptyIsUnset">Whether a colon stands before it.</param>
    /// <param name="operand">Reads on to the closing brace.</param>
    /// <param name="pattern">Reads on to the slash before the replacement.</param>
    /// <param name="fault">What <c>?</c> throws.</param>
    internal static string Apply(
        char modifier, bool doubled, string? value, bool emptyIsUnset, Func<string> operand, Func<string> pattern,
        Func<string, EngineException> fault)
    {
        bool isSet = emptyIsUnset ? !string.IsNullOrEmpty(value) : value is not null;
        switch (modifier)
        {
            case '-':
                string instead = operand();
                return isSet ? value! : instead;
            case '+':
                string then = operand();
                return isSet ? then : "";
            case '?':
                string message = operand();
                return isSet ? value! : throw fault(message.Length == 0 ? "is not allowed to be unset" : message);
            case '#':
                return ShellPattern.RemovePrefix(value ?? "", operand(), doubled);
            case '%':
                return ShellPattern.RemoveSuffix(value ?? "", operand(), doubled);
            default:
                string searched = pattern();
                return ShellPattern.Replace(value ?? "", searched, operand(), doubled);
        }
    }
}
