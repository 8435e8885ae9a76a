using System.Globalization;
using System.Management.Automation;

namespace LayerPS.Arguments;

/// <summary>
/// Lets a parameter of bytes take what PowerShell has for them (<c>512MB</c>) as text as well, and docker's form of it
/// (<c>512m</c>). Units are of 1,024.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SizeArgumentAttribute : ArgumentTransformationAttribute
{
    private const string Units = "kmgtp";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && TryParse(text, out long bytes)
            ? bytes
            : inputData;

    private static bool TryParse(string text, out long bytes)
    {
        string number = text.Trim().ToLowerInvariant().TrimEnd('b');
        int unit = number.Length == 0 ? 0 : Units.IndexOf(number[^1], StringComparison.Ordinal) + 1;
        if (unit > 0) number = number[..^1];
        bool isNumber = double.TryParse(
            number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value);
        value *= Math.Pow(1024, unit);
        bytes = isNumber && value < long.MaxValue ? (long)value : 0;
        return isNumber && value < long.MaxValue;
    }
}
