using System.Text;
using Fairlead.Steps.Rebuilding;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Rebuilding;

public sealed class RowComparisonTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly RowComparison rows = new([]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("x.csv", "a,b\n1,2\n3,4\n", "a,b\n1,2\n3,5\n", "row 2 b: 4 > 5")]
    [InlineData("x.csv", "a,b\n1,2\n", "a,c\n1,2\n", "row  b: b > c")]
    [InlineData("x.csv", "a,b\n1,2\n", "a,b\n1,2\n3,4\n", "row 2 : none > 3,4")]
    [InlineData("x.csv", "a,b\n\"1\n,\"\"x\",2\n", "a,b\n\"1\n,\"\"y\",2\n", "row 1 a: 1\uFFFD,\"x > 1\uFFFD,\"y")]
    [InlineData("x.csv", "a,b\r\n1,2\r\n", "a,b\n1,2\n", "row  : none > none")]
    [InlineData("x.tsv", "a\tb\n1\t2\n", "a\tb\n1\t3\n", "row 1 b: 2 > 3")]
    [InlineData("x.csv", "a\n1,9\n", "a\n1,8\n", "row 1 column 2: 9 > 8")]
    [InlineData("x.jsonl", "{\"a\":1}\n\n{\"a\":2,\"b\":{\"c\":[1,2]}}\n", "{\"a\":1}\n{\"a\":2,\"b\":{\"c\":[1,3]}}\n", "row 2 b.c[1]: 2 > 3")]
    [InlineData("x.jsonl", "{\"a\":1,\"b\":2}\n", "{\"b\":2, \"a\":1.0}\n", "row  : none > none")]
    [InlineData("x.jsonl", "{\"a\":1}\n", "", "row 1 : {\"a\":1} > none")]
    [InlineData("x.json", "[{\"a\":1},{\"a\":2}]", "[{\"a\":1},{\"a\":3}]", "row 2 a: 2 > 3")]
    [InlineData("x.json", "[1]", "[1,2]", "row 2 : none > 2")]
    [InlineData("x.json", "{\"deep\":{\"x\":\"a\"}}", "{\"deep\":{\"y\":\"a\"}}", "row  deep.x: \"a\" > none")]
    [InlineData("x.json", "{\"a\":1}", "[1]", "row  : {\"a\":1} > [1]")]
    [InlineData("x.json", "{\"a\":1", "{\"a\":2", null)]
    [InlineData("x.bin", "1", "2", null)]
    [InlineData("x.parquet", "PAR1", "PAR1x", null)]
    public async Task Find_OfFilesThatDiffer_NamesTheFirstRowAndColumn(string name, string recorded, string rebuilt, string? expected)
    {
        var found = await rows.FindAsync(name, folder.Write("then", recorded), folder.Write("now", rebuilt), TestProject.Token);
        Assert.Equal(expected, found is null ? null : $"row {found.Row} {found.Column}: {found.Recorded ?? "none"} > {found.Rebuilt ?? "none"}");
    }

    [Fact]
    public async Task Find_InRandomBytesOfEveryName_NeverFails()
    {
        var random = new Random(11);
        var alphabet = "{}[]\",:\n\r1a\\ \t"u8.ToArray();
        for (var round = 0; round < 400; round++)
        {
            string Bytes() => Encoding.Latin1.GetString(Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(8) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)]).ToArray());
            var (then, now) = (folder.Write("then", Bytes()), folder.Write("now", Bytes()));
            foreach (var name in new[] { "x.csv", "x.tsv", "x.json", "x.jsonl" })
                await rows.FindAsync(name, then, now, TestProject.Token);
        }
    }

    [Fact]
    public async Task Find_InAFileOfOneEndlessRecord_GivesUp()
    {
        var (then, now) = (folder.Write("then", "a\n\"" + new string('x', 17 << 20)), folder.Write("now", "a\n\"" + new string('x', (17 << 20) + 1)));
        Assert.Null(await rows.FindAsync("x.csv", then, now, TestProject.Token));
    }
}
