using System.Collections;
using System.Management.Automation;

namespace LayerPS.Arguments;

/// <summary>
/// Lets a <c>string[]</c> parameter of a program and its arguments take arrays among them, as PowerShell does for native
/// commands: <c>-- ls -l $folders</c>. Null is nothing; an empty string is an empty argument.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CommandArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Flatten(inputData).ToArray();

    private static IEnumerable<string> Flatten(object? input) => (input is PSObject wrapped ? wrapped.BaseObject : input) switch
    {
        null => [],
        string text => [text],
        IEnumerable items and not IDictionary => items.Cast<object?>().SelectMany(Flatten),
        _ => [LanguagePrimitives.ConvertTo<string>(input)],
    };
}
