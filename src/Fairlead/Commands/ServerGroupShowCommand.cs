using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows one server group.</summary>
internal sealed class ServerGroupShowCommand : CliCommand
{
    private static readonly Argument<string> Group = new("server-group") { Description = "Such as late-prod-v003." };

    public ServerGroupShowCommand()
        : base("show", "Show one server group: what it runs, since when and by whom.", "fairlead server-group show late-prod-v003")
    {
        Arguments.Add(Group);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var group = await client.GetAsync($"/api/server-groups/{Uri.EscapeDataString(parse.GetRequiredValue(Group))}", DomainJson.Default.ServerGroup, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(group, DomainJson.Default.ServerGroup);
        else
            Print(context.Out, group);
        return ExitCodes.Success;
    }

    private static void Print(IAnsiConsole console, ServerGroup group)
    {
        console.Write(ServerGroupTable.Create([group], []));
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        grid.AddRow(new Text("runs"), new Text(group.Service.Describe()));
        if (group.Service.Command is { } command)
            grid.AddRow(new Text("instances"), new Text($"{group.Instances ?? command.Settings.Instances}"));
        grid.AddRow(new Text("made"), new Text($"{group.CreatedAt:yyyy-MM-dd HH:mm:ss'Z'} by {group.CreatedBy}{(group.Origin is null ? "" : $" ({group.Origin})")}"));
        if (group.EnabledAt is { } enabled)
            grid.AddRow(new Text("enabled"), new Text($"{enabled:yyyy-MM-dd HH:mm:ss'Z'} by {group.EnabledBy}"));
        if (group.Previous is { } previous)
            grid.AddRow(new Text("way back"), new Text(previous.ToString()));
        if (group.Error is { } error)
            grid.AddRow(new Text("error"), new Text(error, new Style(Color.Red)));
        console.Write(grid);
    }
}
