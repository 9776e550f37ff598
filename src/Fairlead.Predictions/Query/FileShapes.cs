using System.Collections.Concurrent;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>Knows the columns of every file that was read once: files never change under their name.</summary>
/// <param name="blank">Stands before files of several shapes where that is needed.</param>
/// <param name="mostGone">Files that are gone and still known, about: queries make new ones of the log all the time.</param>
internal sealed class FileShapes(BlankFile blank, int mostGone = 4096)
{
    private readonly ConcurrentDictionary<string, FileShape> known = new(StringComparer.Ordinal);
    private readonly int spare = mostGone;
    private int limit;

    public int Count => known.Count;

    public BlankFile Blank => blank;

    /// <summary>The files by their shape, in the order in which the shapes first come.</summary>
    /// <param name="connection">May read the files; called when one is not known.</param>
    public IReadOnlyList<(FileShape Shape, IReadOnlyList<string> Files)> Group(Func<DuckDbConnection> connection, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var unknown = files.Where(file => !known.ContainsKey(file)).ToList();
        if (unknown.Count > 0)
            Read(connection(), unknown, cancellationToken);
        IReadOnlyList<(FileShape, IReadOnlyList<string>)> grouped = [.. files.GroupBy(file => known[file]).Select(group => (group.Key, (IReadOnlyList<string>)[.. group]))];
        if (unknown.Count > 0)
            ForgetGone();
        return grouped;
    }

    private void ForgetGone()
    {
        if (known.Count <= Math.Max(limit, spare))
            return;
        foreach (var file in known.Keys.Where(file => !File.Exists(file)))
            known.TryRemove(file, out _);
        limit = known.Count + spare;
    }

    private void Read(DuckDbConnection connection, List<string> files, CancellationToken cancellationToken)
    {
        using var result = connection.Query(
            $"""
            SELECT file_name, name, coalesce(num_children, 0)::BIGINT, coalesce(converted_type, '') IN ('LIST', 'MAP'), duckdb_type
            FROM parquet_schema({DuckDbText.List(files)}) ORDER BY file_name, column_id
            """,
            cancellationToken);
        var nodes = new List<Node>();
        string? current = null;
        while (result.Read(cancellationToken))
        {
            var file = (string)result.Value(0)!;
            if (current is not null && file != current)
                Keep(current, nodes);
            current = file;
            nodes.Add(new Node((string)result.Value(1)!, (long)result.Value(2)!, (bool)result.Value(3)!, (string?)result.Value(4)));
        }

        if (current is not null)
            Keep(current, nodes);
    }

    private void Keep(string file, List<Node> nodes)
    {
        var next = 1;
        var columns = new List<(string Name, FieldType Type)>();
        while (next < nodes.Count)
            columns.Add((nodes[next].Name, Take(nodes, ref next)));
        // One instance for all files of a shape.
        var shape = new FileShape(columns);
        known[file] = known.Values.FirstOrDefault(other => other.Equals(shape)) ?? shape;
        nodes.Clear();
    }

    // Parquet lists its schema depth first: a list is a group around a repeated group around the element.
    private static FieldType Take(List<Node> nodes, ref int next)
    {
        var node = nodes[next++];
        if (node.Children == 0)
            return FieldType.Scalar(node.SqlType ?? "VARCHAR");
        if (node.IsList)
        {
            next++;
            return FieldType.List(Take(nodes, ref next));
        }

        var fields = new List<(string Name, FieldType Type)>();
        for (var i = 0; i < node.Children; i++)
            fields.Add((nodes[next].Name, Take(nodes, ref next)));
        return FieldType.Struct(fields);
    }

    private sealed record Node(string Name, long Children, bool IsList, string? SqlType);
}
