using Fairlead.Domain.Deployments;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Server groups as a table, by environment in the order of the project file.</summary>
internal static class ServerGroupTable
{
    public static Table Create(IEnumerable<ServerGroup> groups, IReadOnlyList<string> environments)
    {
        var table = new Table { Border = TableBorder.Simple }
            .AddColumns("environment", "service", "server group", "status", "traffic", "release", "serves", "run", "since");
        var order = environments.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        foreach (var group in groups.OrderBy(g => order.GetValueOrDefault(g.Name.Environment, int.MaxValue)).ThenBy(g => g.Name.Service, StringComparer.Ordinal).ThenByDescending(g => g.Name.Number))
        {
            table.AddRow(
                new Text(group.Name.Environment),
                new Text(group.Name.Service),
                new Text(group.Name.ToString()),
                new Text(group.Status.ToString().ToLowerInvariant(), StyleOf(group.Status)),
                new Text(group.Mirror == Weight.None ? group.Weight.ToString() : $"shadow of {group.Mirror}"),
                new Text(group.Release.ToString()),
                new Text(group.Service.Label),
                new Text(string.Join(", ", group.Service.Models.Select(model => model.Run))),
                new Text((group.EnabledAt ?? group.CreatedAt).ToString("yyyy-MM-dd HH:mm:ss'Z'")));
        }

        return table;
    }

    private static Style StyleOf(ServerGroupStatus status) => status switch
    {
        ServerGroupStatus.Enabled => new Style(Color.Green),
        ServerGroupStatus.Failed => new Style(Color.Red),
        ServerGroupStatus.Preparing => new Style(Color.Yellow),
        _ => new Style(Color.Grey),
    };
}
