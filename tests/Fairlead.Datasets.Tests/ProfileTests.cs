using Fairlead.Domain.Datasets;

namespace Fairlead.Datasets.Tests;

public sealed class ProfileTests : IDisposable
{
    private const string Rows =
        """
        select i as id, case when i % 10 = 0 then null else i / 4.0 end as price, ['north', 'south', 'west'][1 + i % 3] as "the region",
        date '2001-01-01' + (i % 100)::int as day, i % 2 = 0 as even, case when i = 7 then 'nan'::double when i = 8 then 'inf'::double else 1.5 end as odd, [i] as list
        from range(1000) t(i)
        """;

    private readonly DataFolder folder = new();

    [Fact]
    public void Profile_OfParquet_DescribesEachColumn()
    {
        folder.Query("data", Rows);

        var profile = folder.Profile();

        Assert.Equal((DatasetFormat.Parquet, 1L, 1000L), (profile.Format, profile.Files, profile.Rows));
        Assert.Equal(["id", "price", "the region", "day", "even", "odd", "list"], profile.Columns.Select(column => column.Name));
        Assert.Equal(
            [ColumnKind.Number, ColumnKind.Number, ColumnKind.Text, ColumnKind.Time, ColumnKind.Boolean, ColumnKind.Number, ColumnKind.Other], profile.Columns.Select(column => column.Kind));
        var (price, region, day, odd) = (profile.Columns[1], profile.Columns[2], profile.Columns[3], profile.Columns[5]);
        Assert.Equal(100, price.Nulls);
        Assert.Equal("0.25", price.Min?.TrimEnd('0'));
        Assert.Equal(125, price.Mean!.Value, 0.5);
        Assert.Equal(20, price.Histogram!.Counts.Count);
        Assert.Equal(900, price.Histogram.Counts.Sum());
        Assert.Equal([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99], price.Quantiles.Select(quantile => quantile.Share));
        Assert.Equal([new ColumnValue("north", 334), new ColumnValue("south", 333), new ColumnValue("west", 333)], region.Top);
        Assert.Equal(("2001-01-01", "2001-04-10"), (day.Min, day.Max));
        Assert.Equal(("2001-01-01", "2001-04-10"), (day.Histogram!.From, day.Histogram.To));
        Assert.Equal((2L, 1.5, 0.0), (odd.NotFinite, odd.Mean, odd.Deviation));
        Assert.Equal([998L], odd.Histogram!.Counts);
        Assert.Null(profile.Columns[6].Distinct);
    }

    [Theory]
    [InlineData("a;b\n1;x\n2;y\n", DatasetFormat.Csv)]
    [InlineData("a\tb\n1\tx\n2\ty\n", DatasetFormat.Csv)]
    [InlineData("{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2, \"b\": \"y\"}\n", DatasetFormat.Json)]
    public void Profile_OfText_FindsTheFormat(string text, DatasetFormat format)
    {
        folder.Write("data", text);

        var profile = folder.Profile();

        Assert.Equal((format, 2L), (profile.Format, profile.Rows));
        Assert.Equal(["a", "b"], profile.Columns.Select(column => column.Name));
    }

    [Fact]
    public void Profile_OfFolder_TakesAllFilesTogether()
    {
        folder.Query("data/2024/01.parquet", Rows);
        folder.Query("data/2024/02\n'.parquet", Rows);

        Assert.Equal((2L, 2000L), (folder.Profile().Files, folder.Profile().Rows));
    }

    [Fact]
    public void Profile_OfWhatHoldsNoRows_CountsFiles()
    {
        File.WriteAllBytes(folder.Input("data"), [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1]);

        var profile = folder.Profile();

        Assert.Equal((DatasetFormat.Files, 1L, 8L, null), (profile.Format, profile.Files, profile.Bytes, profile.Rows));
        Assert.Contains("hold no rows", profile.Note);
    }

    [Fact]
    public void Profile_OfCsvThatDoesNotParse_NamesTheLine()
    {
        folder.Write("data", "a,b\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i},x\n")) + "7,x,y,z\n");

        Assert.Contains("line 30002", folder.Ask(new DatasetOrder { Task = DatasetTask.Profile }).Error);
    }

    [Fact]
    public void Profile_OfParquetThatIsCutOff_SaysSoInASentence()
    {
        folder.Query("data", Rows);
        using (var file = File.OpenWrite(folder.Input("data")))
            file.SetLength(file.Length / 2);

        var error = folder.Ask(new DatasetOrder { Task = DatasetTask.Profile }).Error ?? "";

        Assert.StartsWith("The data cannot be read: ", error);
        Assert.DoesNotContain('\n', error);
        Assert.DoesNotContain("/in/", error);
    }

    [Fact]
    public void Profile_OfNumbersFarOut_ClipsTheEnds()
    {
        folder.Query("data", "select case when i = 0 then 1e300 else i end as x from range(10000) t(i)");

        var histogram = folder.Profile().Columns[0].Histogram!;

        Assert.True(histogram.IsClipped);
        Assert.Equal(10_000, histogram.Counts.Sum());
        Assert.All(histogram.Counts, count => Assert.InRange(count, 300, 800));
    }

    public void Dispose() => folder.Dispose();
}
