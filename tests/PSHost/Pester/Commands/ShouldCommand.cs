using System.Management.Automation;
using LayerPS.TestShell.Pester.Assertions;

namespace LayerPS.TestShell.Pester.Commands;

/// <summary>Should: one switch names the operator, and only its own parameters go with it.</summary>
[Cmdlet(VerbsLifecycle.Assert, "Should")]
public sealed class ShouldCommand : PSCmdlet
{
    private readonly List<object?> _values = [];

    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? ActualValue { get; set; }

    [Parameter]
    public SwitchParameter Not { get; set; }

    [Parameter]
    public string? Because { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Be))]
    public SwitchParameter Be { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeExactly))]
    public SwitchParameter BeExactly { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLike))]
    public SwitchParameter BeLike { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLikeExactly))]
    public SwitchParameter BeLikeExactly { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Match))]
    public SwitchParameter Match { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(MatchExactly))]
    public SwitchParameter MatchExactly { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeNullOrEmpty))]
    public SwitchParameter BeNullOrEmpty { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeTrue))]
    public SwitchParameter BeTrue { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeFalse))]
    public SwitchParameter BeFalse { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeGreaterThan))]
    public SwitchParameter BeGreaterThan { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeGreaterOrEqual))]
    public SwitchParameter BeGreaterOrEqual { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLessThan))]
    public SwitchParameter BeLessThan { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLessOrEqual))]
    public SwitchParameter BeLessOrEqual { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeOfType))]
    public SwitchParameter BeOfType { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Contain))]
    public SwitchParameter Contain { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeIn))]
    public SwitchParameter BeIn { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(HaveCount))]
    public SwitchParameter HaveCount { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Exist))]
    public SwitchParameter Exist { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(FileContentMatch))]
    public SwitchParameter FileContentMatch { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Throw))]
    public SwitchParameter Throw { get; set; }

    [Parameter(Position = 0, ParameterSetName = nameof(Be))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeExactly))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeLike))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeLikeExactly))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeGreaterThan))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeGreaterOrEqual))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeLessThan))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeLessOrEqual))]
    [Parameter(Position = 0, ParameterSetName = nameof(Contain))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeIn))]
    [Parameter(Position = 0, ParameterSetName = nameof(HaveCount))]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? ExpectedValue { get; set; }

    [Parameter(Position = 0, ParameterSetName = nameof(Match))]
    [Parameter(Position = 0, ParameterSetName = nameof(MatchExactly))]
    public string RegularExpression { get; set; } = string.Empty;

    [Parameter(Position = 0, ParameterSetName = nameof(FileContentMatch))]
    public string ExpectedContent { get; set; } = string.Empty;

    [Parameter(Position = 0, ParameterSetName = nameof(BeOfType))]
    public object? ExpectedType { get; set; }

    [Parameter(Position = 0, ParameterSetName = nameof(Throw))]
    public string? ExpectedMessage { get; set; }

    [Parameter(Position = 1, ParameterSetName = nameof(Throw))]
    public string? ErrorId { get; set; }

    [Parameter(Position = 2, ParameterSetName = nameof(Throw))]
    public Type? ExceptionType { get; set; }

    [Parameter(ParameterSetName = nameof(Throw))]
    public SwitchParameter PassThru { get; set; }

    private bool TakesCollection =>
        ParameterSetName is nameof(Be) or nameof(BeExactly) or nameof(BeNullOrEmpty)
            or nameof(Contain) or nameof(HaveCount);

    protected override void ProcessRecord() => _values.Add(ActualValue);

    protected override void EndProcessing()
    {
        // A collection given by name means what it would mean from the pipeline.
        var values = MyInvocation.ExpectingInput || !TakesCollection || _values is [null]
            ? _values
            : _values.SelectMany(Equality.Items).ToList();
        if (TakesCollection)
        {
            Demand(CheckCollection(values));
            return;
        }

        foreach (var value in values.DefaultIfEmpty(null))
            Demand(CheckValue(value));
    }

    private Assertion CheckCollection(List<object?> values) => ParameterSetName switch
    {
        nameof(Be) => ValueAssertions.Be(values, ExpectedValue, caseSensitive: false),
        nameof(BeExactly) => ValueAssertions.Be(values, ExpectedValue, caseSensitive: true),
        nameof(BeNullOrEmpty) => ValueAssertions.BeNullOrEmpty(values),
        nameof(Contain) => ValueAssertions.Contain(values, ExpectedValue),
        _ => ValueAssertions.HaveCount(values, LanguagePrimitives.ConvertTo<int>(ExpectedValue)),
    };

    private Assertion CheckValue(object? value) => ParameterSetName switch
    {
        nameof(BeLike) => ValueAssertions.BeLike(value, ExpectedValue, caseSensitive: false),
        nameof(BeLikeExactly) => ValueAssertions.BeLike(value, ExpectedValue, caseSensitive: true),
        nameof(Match) => ValueAssertions.Match(value, RegularExpression, caseSensitive: false),
        nameof(MatchExactly) => ValueAssertions.Match(value, RegularExpression, caseSensitive: true),
        nameof(BeTrue) => ValueAssertions.BeTruth(value, truth: true),
        nameof(BeFalse) => ValueAssertions.BeTruth(value, truth: false),
        nameof(BeGreaterThan) => ValueAssertions.Compare(value, ExpectedValue, "greater than", static c => c > 0),
        nameof(BeGreaterOrEqual) => ValueAssertions.Compare(value, ExpectedValue, "at least", static c => c >= 0),
        nameof(BeLessThan) => ValueAssertions.Compare(value, ExpectedValue, "less than", static c => c < 0),
        nameof(BeLessOrEqual) => ValueAssertions.Compare(value, ExpectedValue, "at most", static c => c <= 0),
        nameof(BeOfType) => ValueAssertions.BeOfType(value, ExpectedType),
        nameof(BeIn) => ValueAssertions.BeIn(value, ExpectedValue),
        nameof(Exist) => ValueAssertions.Exist(this, value),
        nameof(FileContentMatch) => ValueAssertions.FileContentMatch(this, value, ExpectedContent),
        nameof(Throw) => CheckThrow(value),
        _ => throw new PSInvalidOperationException($"Should has no operator -{ParameterSetName}."),
    };

    private Assertion CheckThrow(object? value)
    {
        var assertion = ThrowAssertion.Check(this, value, ExpectedMessage, ErrorId, ExceptionType, Not, out var error);
        if (PassThru && assertion.Holds && !Not)
            WriteObject(error);
        return assertion;
    }

    private void Demand(Assertion assertion)
    {
        if (assertion.Holds != Not)
            return;
        var message = assertion.Message(Not, Because);
        ThrowTerminatingError(new ErrorRecord(
            new RuntimeException(message), "PesterAssertionFailed", ErrorCategory.InvalidResult, ActualValue));
    }
}
