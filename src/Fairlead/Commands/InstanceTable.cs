using Fairlead.Domain.Instances;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>The instances of command services as a table.</summary>
internal static class InstanceTable
{
    public static Table Create(IEnumerable<InstanceReport> instances)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("server group", "instance", "state", "process", "restarts", "");
        foreach (var instance in instances.OrderBy(report => report.ServerGroup.ToString(), StringComparer.Ordinal).ThenBy(report => report.Number))
        {
            table.AddRow(
                new Text(instance.ServerGroup.ToString()),
                new Text(instance.Number.ToString()),
                new Text(instance.State.ToString().ToLowerInvariant(), StyleOf(instance.State)),
                new Text(instance.Label.Length == 0 ? "-" : instance.Label),
                new Text(instance.Restarts.ToString()),
                new Text(instance.Message ?? ""));
        }

        return table;
    }

    private static Style StyleOf(InstanceState state) => state switch
    {
        InstanceState.Ready => new Style(Color.Green),
        InstanceState.Ejected or InstanceState.Waiting => new Style(Color.Red),
        _ => new Style(Color.Yellow),
    };
}
