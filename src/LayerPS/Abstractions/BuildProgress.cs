using System.Globalization;
using System.Management.Automation;

namespace LayerPS.Abstractions;

/// <summary>A progress bar for each stage of a build: the step that it is at, and since when.</summary>
internal sealed class BuildProgress(Cmdlet command, string activity)
{
    private const int FirstActivity = 7401;

    private readonly Dictionary<string, ProgressRecord> _stages = [];

    /// <summary>A step has begun. On the pipeline's thread.</summary>
    internal void Show(BuildStep step)
    {
        if (!_stages.TryGetValue(step.Stage, out ProgressRecord? stage))
            _stages.Add(step.Stage, stage = new ProgressRecord(FirstActivity + _stages.Count, activity, " "));
        stage.StatusDescription = step.ToString();
        stage.CurrentOperation = DateTime.Now.ToString("'since' HH:mm:ss", CultureInfo.InvariantCulture);
        stage.PercentComplete = step.Count == 0 ? 100 : step.Number * 100 / step.Count;
        command.WriteProgress(stage);
    }

    /// <summary>Takes the bars away.</summary>
    internal void Hide()
    {
        foreach (ProgressRecord stage in _stages.Values)
        {
            stage.RecordType = ProgressRecordType.Completed;
            command.WriteProgress(stage);
        }
    }
}
