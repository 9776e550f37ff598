using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tests.Query.Workers;

namespace Fairlead.Predictions.Tests.Query;

/// <summary>Releases whose signatures differ, side by side in one view.</summary>
public sealed class ChangingSignatureTests : IDisposable
{
    private const long Day = 86_400_000_000;
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_FieldsThatAppearAndWiden_AreReadTogether(bool isCompacted)
    {
        Append(1, [new TensorSpec("a", TensorType.Int32, [-1])], new Blocks().Add(TensorType.Int32, [1], 7).Bytes);
        Append(2, [new TensorSpec("a", TensorType.Float64, [-1]), new TensorSpec("b", TensorType.Bytes, [-1])], new Blocks().Add(TensorType.Float64, [1], 0.5).AddText([1], "x").Bytes);
        if (isCompacted)
            await bench.CompactAsync();
        Assert.Equal([[7.0, null, "v001"], [0.5, "x", "v002"]], await bench.AskAsync("select input.a, input.b, release from predictions order by release"));
        Assert.Equal(7.5, await bench.AskOneAsync("select sum(input.a) from predictions"));
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions where input.a = 7 and input.b is null"));
        // An error before scoring has no inputs, whatever the fields are.
        bench.Append(Context(2, []), bench.NewId(Workbench.Noon), 1, [], [], error: "broken", status: 400);
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions where input is null"));
    }

    [Fact]
    public async Task Run_LargeWholeNumbersBesideFractions_KeepTheirDigits()
    {
        Append(1, [new TensorSpec("a", TensorType.Int64, [-1])], new Blocks().Add(TensorType.Int64, [1], 9_007_199_254_740_991L).Bytes);
        Append(2, [new TensorSpec("a", TensorType.Float32, [-1])], new Blocks().Add(TensorType.Float32, [1], 0.5f).Bytes);
        Assert.Equal([[0.5], [9_007_199_254_740_991.0]], await bench.AskAsync("select input.a from predictions order by 1"));
    }

    [Fact]
    public async Task Run_FieldThatBecameSomethingElse_IsText()
    {
        Append(1, [new TensorSpec("a", TensorType.Float32, [-1])], new Blocks().Add(TensorType.Float32, [1], 1.5f).Bytes);
        Append(2, [new TensorSpec("a", TensorType.Float32, [-1, 2])], new Blocks().Add(TensorType.Float32, [1, 2], 1f, 2f).Bytes);
        Append(3, [new TensorSpec("a", TensorType.Bytes, [-1])], new Blocks().AddText([1], "text").Bytes);
        await bench.CompactAsync();
        Append(4, [new TensorSpec("A", TensorType.Bool, [-1])], new Blocks().Add(TensorType.Bool, [1], (byte)1).Bytes);
        Assert.Equal([["1.5"], ["[1.0, 2.0]"], ["text"], ["true"]], await bench.AskAsync("select input.a from predictions order by release"));
        Assert.Equal("v003", await bench.AskOneAsync("select release from predictions where input.a = 'text'"));
        Assert.Equal(1.5f, ((System.Text.Json.JsonElement)(await bench.Lookup.FindAsync(await FirstAsync(), TestContext.Current.CancellationToken))!.Inputs!["a"]).GetSingle());
    }

    [Fact]
    public async Task Run_TwoServices_HaveTheFieldsOfBoth()
    {
        Append(1, [new TensorSpec("a", TensorType.Int32, [-1])], new Blocks().Add(TensorType.Int32, [1], 7).Bytes);
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        await bench.CompactAsync();
        bench.AppendFlight(Workbench.Flights(2), "JFK", 9, 0.5f);
        Assert.Equal([["late", null, "JFK"], ["late", null, "SFO"], ["s", 7L, null]], await bench.AskAsync("select service, input.a, input.origin from predictions order by all"));
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions where service = 's'"));
    }

    [Fact]
    public async Task Run_OneFileLacksTheField_ItIsNull()
    {
        // What one file says of its values was taken for what the others hold, and the engine read beyond it.
        var inputs = new[] { new TensorSpec("a", TensorType.Int32, [-1]), new TensorSpec("b", TensorType.Bytes, [-1]) };
        bench.Append(Context(1, inputs[..1]), bench.NewId(Workbench.Noon), 1, new Blocks().Add(TensorType.Int32, [1], 7).Bytes, new Blocks().Add(TensorType.Float32, [1, 1], 0.5f).Bytes, Workbench.Noon);
        bench.Append(Context(2, inputs), bench.NewId(Workbench.Noon + Day), 1, new Blocks().Add(TensorType.Int32, [1], 9).AddText([1], "x").Bytes, new Blocks().Add(TensorType.Float32, [1, 1], 0.5f).Bytes, Workbench.Noon + Day);
        await bench.CompactAsync();
        var later = DateTime.UnixEpoch.AddMicroseconds(Workbench.Noon + Day);
        Assert.Equal([[null, null, 7L]], await bench.AskAsync($"select min(input.b), max(input.b), max(input.a) from predictions where \"date\" < '{later:yyyy-MM-dd}'"));
        Assert.Equal([["x", "x", 9L]], await bench.AskAsync($"select min(input.b), max(input.b), max(input.a) from predictions where \"date\" = '{later:yyyy-MM-dd}'"));
        Assert.Equal([[null, 7L]], await bench.AskAsync($"select min(p.input.b), max(p.input.a) from predictions p, (select 1) where p.\"date\" + 0 < '{later:yyyy-MM-dd}' or p.release = 'v001'"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Run_FieldsThatFewFilesShare_AreWhatTheFilesHold(int seed)
    {
        // Where the engine looks beyond what a file says it ends, which must not be the end of this process.
        using var apart = new Workbench(workers: WorkerCommand.Options);
        var random = new Random(seed);
        for (var round = 0; round < 12; round++)
        {
            var files = Enumerable.Range(0, random.Next(2, 5)).Select(number => FileOf(random, (round * 10) + number)).ToList();
            foreach (var (day, service, fields) in files)
            {
                var inputs = fields.Select(field => new TensorSpec(field.Key, TensorType.Int64, [-1])).ToArray();
                var block = fields.Aggregate(new Blocks(), (blocks, field) => blocks.Add(TensorType.Int64, [1], field.Value)).Bytes;
                var context = Workbench.Context(service, $"round{round}", day + 1, inputs, [new TensorSpec("p", TensorType.Float32, [-1, 1])]);
                apart.Append(context, apart.NewId(Workbench.Noon + (day * Day)), 1, block, new Blocks().Add(TensorType.Float32, [1, 1], 0.5f).Bytes, Workbench.Noon + (day * Day));
            }

            if (random.Next(4) > 0)
                await apart.CompactAsync();
            for (var statement = 0; statement < 12; statement++)
                await AskAsync(apart, random, round, files);
        }
    }

    [Fact]
    public async Task Run_NoFieldIsShared_NothingStaysOfTheFileWithoutRows()
    {
        foreach (var (name, number) in new[] { ("a", 0), ("b", 1), ("c", 2) })
            bench.Append(Context(number + 1, [new TensorSpec(name, TensorType.Int64, [-1])]), bench.NewId(Workbench.Noon + (number * Day)), 1, new Blocks().Add(TensorType.Int64, [1], (long)number).Bytes, new Blocks().Add(TensorType.Float32, [1, 1], 0.5f).Bytes, Workbench.Noon + (number * Day));
        await bench.CompactAsync();
        Assert.Equal([[1L, 0L, null, null]], await bench.AskAsync($"select count(*), min(input.a), min(input.b), min(input.c) from predictions where \"date\" = '{DayOf(0)}'"));
        Assert.Equal([[1L, null, null, 2L]], await bench.AskAsync($"select count(*), min(input.a), min(input.b), min(input.c) from predictions where \"date\" = '{DayOf(2)}'"));
        // It is for queries alone, and made anew by each process.
        bench.Start();
        Assert.False(Directory.Exists(Path.Combine(bench.Folder.Predictions, ".blank")));
        Assert.Equal([[1L, null]], await bench.AskAsync($"select count(*), max(input.b) from predictions where \"date\" = '{DayOf(2)}'"));
    }

    private static (int Day, string Service, Dictionary<string, long> Fields) FileOf(Random random, int day)
    {
        string[] names = ["a", "b", "c", "d", "e", "f"];
        random.Shuffle(names);
        return (day, random.Next(2) == 0 ? "s" : "t", names.Take(random.Next(1, 4)).ToDictionary(name => name, _ => (long)random.Next(10), StringComparer.Ordinal));
    }

    private static async Task AskAsync(Workbench apart, Random random, int round, List<(int Day, string Service, Dictionary<string, long> Fields)> files)
    {
        var names = files.SelectMany(file => file.Fields.Keys).Distinct(StringComparer.Ordinal).ToArray();
        var (day, field, bound) = (files[random.Next(files.Count)].Day, names[random.Next(names.Length)], random.Next(10));
        (string Sql, Func<(int Day, string Service, Dictionary<string, long> Fields), bool> Holds)[] conditions =
        [
            ($"\"date\" = '{DayOf(day)}'", file => file.Day == day),
            ($"\"date\" < '{DayOf(day)}'", file => file.Day < day),
            // As the engine sees it alone.
            ($"\"date\" + 0 >= '{DayOf(day)}'", file => file.Day >= day),
            ("service || '' = 't'", file => file.Service == "t"),
            ($"input.{field} is null", file => !file.Fields.ContainsKey(field)),
            ($"input.{field} >= {bound}", file => file.Fields.TryGetValue(field, out var value) && value >= bound),
        ];
        var chosen = random.GetItems(conditions, random.Next(1, 3));
        var sql = $"select count(*), {string.Join(", ", names.Select(name => $"min(input.{name}), count(input.{name})"))} from predictions where environment = 'round{round}' and {string.Join(" and ", chosen.Select(condition => condition.Sql))}";
        var left = files.Where(file => chosen.All(condition => condition.Holds(file))).ToList();
        object?[] expected = [(long)left.Count, .. names.SelectMany(name => ValuesOf(left, name))];
        var row = Assert.Single(await apart.AskAsync(sql));
        Assert.True(expected.SequenceEqual(row), $"'{sql}' gave {string.Join(", ", row)} and not {string.Join(", ", expected)}.");
    }

    private static object?[] ValuesOf(List<(int Day, string Service, Dictionary<string, long> Fields)> files, string name)
    {
        var values = files.Where(file => file.Fields.ContainsKey(name)).Select(file => file.Fields[name]).ToList();
        return [values.Count == 0 ? null : values.Min(), (long)values.Count];
    }

    private static string DayOf(int day) => $"{DateTime.UnixEpoch.AddMicroseconds(Workbench.Noon + (day * Day)):yyyy-MM-dd}";

    private async Task<PredictionId> FirstAsync() => PredictionId.Parse((string)(await bench.AskOneAsync("select id from predictions where release = 'v001'"))!);

    private void Append(int number, TensorSpec[] inputs, byte[] block) =>
        bench.Append(Context(number, inputs), bench.NewId(Workbench.Noon + number), 1, block, new Blocks().Add(TensorType.Float32, [1, 1], 0.5f).Bytes, Workbench.Noon + number);

    private static CaptureContext Context(int number, TensorSpec[] inputs) => Workbench.Context("s", "prod", number, inputs, [new TensorSpec("p", TensorType.Float32, [-1, 1])]);
}
