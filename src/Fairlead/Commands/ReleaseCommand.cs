using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Cuts an immutable release from the present state of the project.</summary>
internal sealed class ReleaseCommand : CliCommand
{
    private static readonly Option<bool> BreakContract = new("--break-contract") { Description = "Release contracts although they break their clients." };

    public ReleaseCommand()
        : base(
            "release",
            "Cut an immutable release from the runs that belong to the project as it is now.",
            "fairlead run && fairlead release && fairlead deploy stage",
            "fairlead release --format json") =>
        Options.Add(BreakContract);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var answer = await client.PostAsync("/api/releases", new ReleaseBody(parse.GetValue(BreakContract), CommandContext.User), WebJson.Default.ReleaseBody, WebJson.Default.ReleaseAnswer, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(answer, WebJson.Default.ReleaseAnswer);
        else
            Print(context.Out, answer);
        return ExitCodes.Success;
    }

    private static void Print(IAnsiConsole console, ReleaseAnswer answer)
    {
        var release = answer.Release;
        console.MarkupLineInterpolated($"release [bold]{release.Name}[/] {(answer.IsNew ? "from" : "holds this already:")} commit {release.Commit.Short}");
        foreach (var service in release.Services)
            console.MarkupLineInterpolated($"  service {service.Name}: {service.Describe()}, {service.Digest.Short}");
    }
}
