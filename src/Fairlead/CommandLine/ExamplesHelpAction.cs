using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Fairlead.CommandLine;

/// <summary>The standard help, followed by examples.</summary>
internal sealed class ExamplesHelpAction(IReadOnlyList<string> examples) : SynchronousCommandLineAction
{
    private readonly HelpAction standard = new();

    public override int Invoke(ParseResult parseResult)
    {
        var code = standard.Invoke(parseResult);
        if (examples.Count == 0)
            return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine($"  {example}");
        output.WriteLine();
        return code;
    }
}
