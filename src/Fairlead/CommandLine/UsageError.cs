using System.CommandLine;
using System.CommandLine.Parsing;
using Fairlead.Domain.Problems;

namespace Fairlead.CommandLine;

/// <summary>What is wrong with a command line, in one sentence: which option or argument, what it was given, and what it takes.</summary>
internal static class UsageError
{
    /// <summary>The first problem; the others often follow from it.</summary>
    /// <param name="parse">A command line that has errors.</param>
    public static string Describe(ParseResult parse) =>
        $"{Sentence(parse, parse.Errors[0])}; 'fairlead {Path(parse.CommandResult)}--help' says what it takes.";

    /// <summary>True for a group of commands of which none is named: its help is the answer.</summary>
    public static bool IsMissingCommand(ParseResult parse) =>
        parse.UnmatchedTokens.Count == 0 && parse.CommandResult.Command is { Action: null, Subcommands.Count: > 0 };

    private static string Sentence(ParseResult parse, ParseError error)
    {
        if (parse.UnmatchedTokens is [var unmatched, ..])
            return Unknown(parse, unmatched);
        // The library names .NET types; the option or argument knows what a person calls them. Other messages are of the commands themselves.
        return IsOfTheLibrary(error.Message) && error.SymbolResult?.Tokens is [var token, ..]
            ? error.SymbolResult switch
            {
                OptionResult { Option: var option } => $"The option '{option.Name}' does not take '{token.Value}'{Expected(option.ValueType, error.Message)}",
                ArgumentResult { Argument: var argument, Parent: OptionResult { Option: var owner } } =>
                    $"The option '{owner.Name}' does not take '{token.Value}'{Expected(argument.ValueType, error.Message)}",
                ArgumentResult { Argument: var argument } => $"<{argument.HelpName ?? argument.Name}> does not take '{token.Value}'{Expected(argument.ValueType, error.Message)}",
                _ => FirstLine(error.Message),
            }
            : FirstLine(error.Message);
    }

    private static bool IsOfTheLibrary(string message) =>
        message.StartsWith("Cannot parse argument ", StringComparison.Ordinal) || message.Contains("Must be one of:", StringComparison.Ordinal);

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.', ':', '\r');

    private static string Unknown(ParseResult parse, string word)
    {
        var command = parse.CommandResult.Command;
        var known = command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name)
            .Concat(Commands(parse.CommandResult).SelectMany(found => found.Options.Where(option => !option.Hidden && (found == command || option.Recursive)).Select(option => option.Name)));
        return $"'{word}' is no {(word.StartsWith('-') ? "option" : "command or argument")} of 'fairlead {Path(parse.CommandResult).TrimEnd()}'".Replace("'fairlead '", "'fairlead'", StringComparison.Ordinal)
            + (NearestName.Of(word, known.Where(name => name.StartsWith('-') == word.StartsWith('-'))) is { } nearest ? $" (did you mean '{nearest}'?)" : "");
    }

    private static string Expected(Type type, string message)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (value.IsEnum)
            return $"; give one of {string.Join(", ", Enum.GetNames(value).Select(name => name.ToLowerInvariant()))}";
        if (value == typeof(int) || value == typeof(long))
            return "; give a whole number";
        if (value == typeof(double) || value == typeof(decimal))
            return "; give a number, such as 0.5";
        if (value == typeof(bool))
            return "; give true or false";
        // 'Must be one of:' and a value on each line that follows.
        var choices = message.Split('\n').Skip(1).Select(line => line.Trim(' ', '\t', '\r', '\'')).Where(line => line.Length > 0).ToList();
        return choices.Count > 0 ? $"; give one of {string.Join(", ", choices)}" : "";
    }

    private static string Path(CommandResult result) => string.Concat(Commands(result).Reverse().Skip(1).Select(command => command.Name + " "));

    private static IEnumerable<Command> Commands(SymbolResult? result)
    {
        for (; result is not null; result = result.Parent)
        {
            if (result is CommandResult { Command: var command })
                yield return command;
        }
    }
}
