using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Fairlead.CommandLine;

/// <summary>The standard help, without what does not belong to the command, followed by examples.</summary>
internal sealed class ExamplesHelpAction(IReadOnlyList<string> examples) : SynchronousCommandLineAction
{
    // Options and arguments belong to the process, and are hidden while one help is written.
    private static readonly Lock Hiding = new();
    private readonly HelpAction standard = new();

    public override int Invoke(ParseResult parseResult)
    {
        var code = InvokeStandard(parseResult);
        if (examples.Count == 0)
            return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine($"  {example}");
        output.WriteLine();
        return code;
    }

    private int InvokeStandard(ParseResult parse)
    {
        lock (Hiding)
        {
            var hidden = Foreign(parse.CommandResult).Where(symbol => !symbol.Hidden).ToList();
            foreach (var symbol in hidden)
                symbol.Hidden = true;
            try
            {
                return standard.Invoke(parse);
            }
            finally
            {
                foreach (var symbol in hidden)
                    symbol.Hidden = false;
            }
        }
    }

    /// <summary>The arguments of the commands above, which a command below does not take, and their options of which it has one of its own.</summary>
    private static IEnumerable<Symbol> Foreign(CommandResult result)
    {
        var own = result.Command.Options.Select(option => option.Name).ToHashSet(StringComparer.Ordinal);
        for (var above = result.Parent as CommandResult; above is not null; above = above.Parent as CommandResult)
        {
            foreach (var argument in above.Command.Arguments)
                yield return argument;
            foreach (var option in above.Command.Options.Where(option => option.Recursive && own.Contains(option.Name)))
                yield return option;
        }
    }
}
