using Fairlead.CommandLine;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints dataset versions.</summary>
internal static class DatasetTable
{
    private const int LongestPath = 60;

    public static void Print(CommandContext context, IReadOnlyList<DatasetVersion> versions)
    {
        if (context.IsJson)
        {
            CommandContext.WriteJson(versions, DomainJson.Default.IReadOnlyListDatasetVersion);
            return;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("version", "digest", "size", "path", "registered", "by", "commit");
        foreach (var version in versions)
        {
            table.AddRow(
                new Text(version.Label),
                new Text(version.Artifact.Digest.ToString()),
                new Text(Sizes.Describe(version.Artifact.Size)),
                new Text(Shown(version.Path)),
                new Text(version.RegisteredAt.ToString("yyyy-MM-dd HH:mm:ss'Z'")),
                new Text(version.RegisteredBy),
                new Text(version.Commit.Short));
        }

        context.Out.Write(table);
    }

    /// <summary>Queries have several lines, and names may hold anything.</summary>
    private static string Shown(string path)
    {
        var line = string.Concat(path.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestPath ? line : line[..(LongestPath - 1)] + "…";
    }
}
