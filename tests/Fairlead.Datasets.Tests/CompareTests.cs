using Fairlead.Domain.Datasets;

namespace Fairlead.Datasets.Tests;

public sealed class CompareTests : IDisposable
{
    private readonly DataFolder folder = new();

    [Fact]
    public void Compare_ColumnsThatChanged_AreToldWithDistributions()
    {
        folder.Query("left", "select i as id, (i * 7919 % 1000) / 10.0 as price, ['a', 'b'][1 + i % 2] as kind, 1 as gone, i::smallint as size from range(2000) t(i)");
        folder.Query("right", "select i as id, 50 + (i * 7919 % 1000) / 10.0 as price, ['a', 'b'][1 + i % 2] as kind, i::bigint as size, 2 as fresh from range(2000) t(i)");

        var difference = folder.Compare();

        Assert.Equal((2000L, 2000L), (difference.LeftRows, difference.RightRows));
        Assert.Equal(["id", "price", "kind", "size", "fresh", "gone"], difference.Columns.Select(column => column.Name));
        Assert.Equal([ColumnChange.None, ColumnChange.None, ColumnChange.None, ColumnChange.Retyped, ColumnChange.Added, ColumnChange.Removed], difference.Columns.Select(column => column.Change));
        var (id, price, kind) = (difference.Columns[0], difference.Columns[1], difference.Columns[2]);
        Assert.Equal(0.5, price.Distance!.Value, 0.02);
        Assert.True(price.Stability > 1 && price.Effect > 0.5 && price.PValue < 1e-6);
        Assert.Equal((49.95, 99.95), (Math.Round(price.LeftMean!.Value, 2), Math.Round(price.RightMean!.Value, 2)));
        Assert.Equal((0.0, 0.0), (id.Distance, id.Effect));
        Assert.Equal(0, kind.Effect);
        Assert.Equal(price.Cells.Count, price.LeftCells.Count);
        Assert.Equal(2000, price.RightCells.Sum());
        Assert.Null(difference.Rows);
    }

    [Fact]
    public void Compare_ByAKey_FindsRowsThatCameWentAndChanged()
    {
        folder.Write("left", "id,day,x,y\n1,2001-01-01,a,1\n2,2001-01-01,b,2\n3,2001-01-02,c,3\n4,2001-01-02,,4\n5,2001-01-03,e,5\n5,2001-01-03,e,6\n");
        folder.Write("right", "id,day,x,y\n1,2001-01-01,a,1\n2,2001-01-01,B,2\n4,2001-01-02,d,9\n5,2001-01-03,e,5\n6,2001-01-04,f,6\n7,2001-01-04,g,7\n");

        var rows = folder.Compare("id", "day").Rows!;

        Assert.Equal((2L, 1L, 2L, 1L), (rows.Added, rows.Removed, rows.Changed, rows.Ambiguous));
        Assert.Equal([new ColumnValue("x", 2), new ColumnValue("y", 1)], rows.ChangedColumns);
    }

    [Fact]
    public void Compare_ByAKeyThatAVersionLacks_SaysSo()
    {
        folder.Query("left", "select 1 as ident");
        folder.Query("right", "select 1 as id");

        Assert.StartsWith("The left version has no column 'id', which is in the key;", folder.Ask(new DatasetOrder { Task = DatasetTask.Compare, Key = ["id"] }).Error);
    }

    [Fact]
    public void Compare_OfWhatHoldsNoRows_SaysSo()
    {
        File.WriteAllBytes(folder.Input("left"), [0, 1]);
        folder.Query("right", "select 1 as id");

        Assert.Contains("holds no rows", folder.Compare().Note);
    }

    public void Dispose() => folder.Dispose();
}
