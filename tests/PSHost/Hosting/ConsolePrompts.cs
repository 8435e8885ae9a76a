using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace LayerPS.TestShell.Hosting;

/// <summary>Questions to the person at the terminal: confirmations, missing parameters, secrets.</summary>
internal sealed class ConsolePrompts(TextWriter output, bool canPrompt)
{
    internal string ReadLine()
    {
        Demand();
        return Console.ReadLine() ?? string.Empty;
    }

    internal SecureString ReadSecret()
    {
        Demand();
        var secret = new SecureString();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
                secret.RemoveAt(secret.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                secret.AppendChar(key.KeyChar);
        }

        output.WriteLine();
        return secret;
    }

    internal Dictionary<string, PSObject> Ask(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        Demand();
        Head(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (var field in descriptions)
        {
            output.Write(field.Name + ": ");
            var isSecret = field.ParameterTypeFullName == typeof(SecureString).FullName;
            answers[field.Name] = isSecret ? new PSObject(ReadSecret()) : new PSObject(ReadLine());
        }

        return answers;
    }

    internal int Choose(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Demand();
        Head(caption, message);
        while (true)
        {
            for (var i = 0; i < choices.Count; i++)
                output.Write($"[{Key(choices[i])}] {Label(choices[i])}  ");
            if (defaultChoice >= 0)
                output.Write($"(default is \"{Key(choices[defaultChoice])}\")");
            output.Write(": ");
            if (Console.ReadLine() is not { } answer)
                throw new PipelineStoppedException("Standard input ended at a question.");
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            for (var i = 0; i < choices.Count; i++)
            {
                if (answer.Equals(Key(choices[i]), StringComparison.OrdinalIgnoreCase)
                    || answer.Equals(Label(choices[i]), StringComparison.OrdinalIgnoreCase))
                    return i;
            }
        }
    }

    internal PSCredential AskCredential(string caption, string message, string userName)
    {
        Demand();
        Head(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            output.Write("User: ");
            userName = ReadLine();
        }

        output.Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadSecret());
    }

    private static string Label(ChoiceDescription choice) =>
        choice.Label.Replace("&", string.Empty, StringComparison.Ordinal);

    private static string Key(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label.Substring(mark + 1, 1) : choice.Label;
    }

    private void Head(string caption, string message)
    {
        foreach (var line in new[] { caption, message })
        {
            if (!string.IsNullOrEmpty(line))
                output.WriteLine(line);
        }
    }

    private void Demand()
    {
        if (!canPrompt)
            throw new PSInvalidOperationException(
                "This session cannot ask a question. Give every parameter, and -Confirm:$false where it asks.");
    }
}
