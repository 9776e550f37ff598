using System.Text.Json;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Serialization;
using Fairlead.DuckDb;

namespace Fairlead.Datasets.Tests;

/// <summary>A folder as a process that reads data finds it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("fairlead-data-").FullName;

    public DataFolder()
    {
        foreach (var name in new[] { "in", "out", "tmp" })
            Directory.CreateDirectory(Path.Combine(root, name));
    }

    public string Input(string name) => Path.Combine(root, "in", name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Input(name))!);
        File.WriteAllText(Input(name), text);
    }

    /// <summary>Writes what a query gives as Parquet.</summary>
    public void Query(string name, string sql)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Input(name))!);
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        connection.Execute($"copy ({sql}) to {DuckDbText.Literal(Input(name))} (format parquet)");
    }

    public DatasetAnswer Ask(DatasetOrder order)
    {
        var temporary = Path.Combine(root, "tmp", Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(temporary);
        DatasetProcess.Run(root, temporary, order, TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(root, "out", DatasetProcess.AnswerName)), DomainJson.Default.DatasetAnswer)!;
    }

    public DatasetProfile Profile() => Must(new DatasetOrder { Task = DatasetTask.Profile }).Profile!;

    public IReadOnlyList<DatasetFailure> Check(params string[] expect) => Must(new DatasetOrder { Task = DatasetTask.Check, Expect = expect }).Failures!;

    public DatasetDifference Compare(params string[] key) => Must(new DatasetOrder { Task = DatasetTask.Compare, Key = key }).Difference!;

    private DatasetAnswer Must(DatasetOrder order) => Ask(order) is { Error: var error } answer && error is null ? answer : throw new InvalidOperationException(Ask(order).Error);

    public void Dispose() => Directory.Delete(root, recursive: true);
}
