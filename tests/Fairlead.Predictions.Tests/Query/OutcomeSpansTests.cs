using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tests.Query;

public sealed class OutcomeSpansTests : IDisposable
{
    private const string Id = "019bd8b3-7c00-7aec-8292-a24621ea8bee";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairlead-spans-");
    private readonly DuckDbDatabase database = DuckDbDatabase.OpenInMemory();
    private readonly DuckDbConnection connection;

    public OutcomeSpansTests() => connection = database.Connect();

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void FilesOf_AnId_AreThoseWhoseIdsLieAroundIt()
    {
        var first = Write("first", $"select '{Id}'::UUID as prediction, 1 as x from range(5)");
        var around = Write("around", "select unnest(['01000000-0000-7000-8000-000000000000'::UUID, null, 'ff000000-0000-7000-8000-000000000000'::UUID]) as prediction");
        var later = Write("later", "select '019bd8b3-7c01-7aec-8292-a24621ea8bee'::UUID as prediction");
        var none = Write("none", "select null::UUID as prediction from range(5)");
        var ids = string.Join(", ", Enumerable.Range(0, 10).Select(i => $"'0{i}9bd8b3-7c00-7aec-8292-a24621ea8bee'::UUID"));
        var groups = Write("groups", $"select unnest([{ids}]) as prediction, range from range(30000)", "ROW_GROUP_SIZE 20000");
        var spans = new OutcomeSpans();
        for (var time = 0; time < 2; time++)
            Assert.Equal([first, around, groups], spans.FilesOf(PredictionId.Parse(Id), [first, around, later, none, groups], connection, TestContext.Current.CancellationToken));
    }

    private string Write(string name, string query, string options = "COMPRESSION zstd")
    {
        var path = Path.Combine(folder.FullName, name + ".parquet");
        connection.Execute($"COPY ({query}) TO {DuckDbText.Literal(path)} (FORMAT parquet, {options})", TestContext.Current.CancellationToken);
        return path;
    }
}
