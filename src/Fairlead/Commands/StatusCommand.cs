using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Deployments;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Says what runs where.</summary>
internal sealed class StatusCommand()
    : CliCommand("status", "Say what runs where.", "fairlead status", "fairlead status --format json")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var status = await client.GetAsync("/api/status", WebJson.Default.StatusAnswer, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(status, WebJson.Default.StatusAnswer);
        else
            Print(context.Out, status);
        return ExitCodes.Success;
    }

    private static void Print(IAnsiConsole console, StatusAnswer status)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        grid.AddRow(new Text("project"), new Text($"{status.Project}  {status.ProjectRoot}"));
        grid.AddRow(new Text("commit"), new Text(status.Commit?.Short ?? status.ProjectError ?? "unknown"));
        grid.AddRow(new Text("control plane"), new Text($"{status.ControlUrl}  (process {status.ControlProcessId})"));
        grid.AddRow(new Text("host"), new Text(DescribeHost(status)));
        console.Write(grid);
        if (status.Host is { CaptureLost: > 0 } host)
            console.MarkupLineInterpolated($"[red]alarm:[/] {host.CaptureLost} predictions were answered but not recorded; see the host's log.");
        foreach (var capture in status.Host?.Captures ?? [])
            console.MarkupLineInterpolated($"[grey]not captured of {capture.ServerGroup}: {capture.Describe()}[/]");
        if (status.UnmatchedOutcomes > 0)
            console.MarkupLineInterpolated($"[yellow]{status.UnmatchedOutcomes} outcomes belong to no prediction (yet); see 'fairlead outcomes unmatched'[/]");
        if (status.ServerGroups.Count == 0)
        {
            console.MarkupLine("[grey]nothing is deployed yet: fairlead run, fairlead release, fairlead deploy <environment>[/]");
            return;
        }

        console.Write(ServerGroupTable.Create(status.ServerGroups, status.Environments));
        if (status.Host is { Instances.Count: > 0 } withInstances)
            console.Write(InstanceTable.Create(withInstances.Instances));
    }

    private static string DescribeHost(StatusAnswer status) => status.Host switch
    {
        null => $"{status.HostUrl}  (does not answer)",
        { RefusedVersion: { } refused } host => $"{status.HostUrl}  (process {host.ProcessId}, serves desired state {host.AppliedVersion}, refused {refused})",
        { } host => $"{status.HostUrl}  (process {host.ProcessId}, serves desired state {host.AppliedVersion} of {status.DesiredVersion}, {host.Answered} answered, {host.Captured} captured)",
    };
}
