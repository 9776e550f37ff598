using System.CommandLine;
using Fairlead.CommandLine;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Forgets a saved query.</summary>
internal sealed class QueryDeleteCommand : CliCommand
{
    private static readonly Argument<string> QueryName = new("name") { Description = "Name of a saved query." };

    public QueryDeleteCommand()
        : base("delete", "Forget a saved query.", "fairlead query delete by_origin") => Arguments.Add(QueryName);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var name = parse.GetRequiredValue(QueryName);
        await client.DeleteAsync($"/api/queries/{Uri.EscapeDataString(name)}", cancellationToken);
        if (!context.IsJson)
            context.Out.MarkupLineInterpolated($"the saved query '{name}' is gone");
        return ExitCodes.Success;
    }
}
