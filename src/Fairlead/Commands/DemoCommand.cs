using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Demo;
using Fairlead.Domain.Problems;
using Fairlead.Roles;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Tells the whole story on an example project.</summary>
internal sealed class DemoCommand : CliCommand
{
    private static readonly Argument<string?> Example = new("example")
    {
        Description = "A folder of examples/ that has a demo.yaml; none means the first.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Folder = new("--dir") { Description = "Where to make the workspace; else demo/<example> in the current folder.", HelpName = "folder" };
    private static readonly Option<bool> Once = new("--once") { Description = "Stop everything at the end; exit with 0 when all held, else with 1 and the reason." };

    public DemoCommand()
        : base(
            "demo",
            "From a commit to answered, logged and traced predictions on real data, before your eyes.",
            "fairlead demo",
            "fairlead demo --once --dir /tmp/demo --port 7170 --host-port 7171")
    {
        Arguments.Add(Example);
        Options.Add(Folder);
        Options.Add(Once);
        Options.Add(RoleOptions.Port);
        Options.Add(RoleOptions.HostPort);
        Options.Add(RoleOptions.Address);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var library = DemoLibrary.Open(parse.GetValue(Example));
        var folder = Path.GetFullPath(parse.GetValue(Folder) ?? Path.Combine("demo", library.Example));
        var console = context.IsJson ? context.Error : context.Out;
        var story = new DemoStory(library, RoleOptions.Read(parse), new DemoNarrator(console), isAttended: console.Profile.Capabilities.Interactive && !parse.GetValue(Once), context.Time);
        try
        {
            await story.TellAsync(folder, cancellationToken);
            if (!parse.GetValue(Once))
                await WaitAsync(context, cancellationToken);
            return ExitCodes.Success;
        }
        catch (FairleadException e)
        {
            context.ReportError(e.Message);
            return parse.GetValue(Once) ? ExitCodes.Failure : ExitCodes.Of(e.Kind);
        }
        finally
        {
            await story.StopAsync();
        }
    }

    private static async Task WaitAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.Error.MarkupLine("[bold]Everything goes on running; Ctrl-C stops it.[/]");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            context.Error.MarkupLine("stopping …");
        }
    }
}
