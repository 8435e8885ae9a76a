using System.Management.Automation;

namespace LayerPS.TestShell.Hosting;

/// <summary>Progress as one line at the bottom of a terminal, gone before anything else is written.</summary>
internal sealed class ProgressLine(TextWriter terminal, bool enabled)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private long _shownAt = -1;
    private bool _visible;

    internal void Show(ProgressRecord record)
    {
        if (!enabled)
            return;
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Clear();
            return;
        }

        // A command may report thousands of times a second; a terminal needs ten.
        var now = Environment.TickCount64;
        if (_visible && now - _shownAt < Interval.TotalMilliseconds)
            return;
        _shownAt = now;
        var percent = record.PercentComplete >= 0 ? $" {record.PercentComplete,3}%" : string.Empty;
        var text = $"{record.Activity}:{percent} {record.StatusDescription} {record.CurrentOperation}".TrimEnd();
        var width = Math.Max(Console.WindowWidth - 1, 20);
        terminal.Write("\r\e[2K" + (text.Length > width ? text[..width] : text));
        _visible = true;
    }

    internal void Clear()
    {
        if (!_visible)
            return;
        terminal.Write("\r\e[2K");
        _visible = false;
    }
}
