using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tests.Log;

namespace Fairlead.Predictions.Tests.Query;

public sealed class FileShapesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Group_FilesComeAndGo_KnowsNoMoreThanThereAre()
    {
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        var shapes = new FileShapes(new BlankFile(new StateFolder(folder.Path)), mostGone: 5);
        var stays = Write(connection, "stays");
        for (var round = 0; round < 40; round++)
        {
            var comes = Write(connection, $"comes-{round}");
            Assert.Equal([[stays, comes]], shapes.Group(() => connection, [stays, comes], TestContext.Current.CancellationToken).Select(group => group.Files));
            File.Delete(comes);
            Assert.InRange(shapes.Count, 1, 8);
        }
    }

    private string Write(DuckDbConnection connection, string name)
    {
        var path = Path.Combine(folder.Path, name + ".parquet");
        connection.Execute($"COPY (SELECT 1 AS a, 'x' AS b) TO '{path}' (FORMAT parquet)", TestContext.Current.CancellationToken);
        return path;
    }
}
