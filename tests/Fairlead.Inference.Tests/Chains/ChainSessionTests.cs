using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Inference.Tests.Chains;

public sealed class ChainSessionTests
{
    private const string X = """{"inputs":[{"name":"x","shape":[3],"datatype":"FP32","data":[1,2,3]}]}""";

    [Fact]
    public void Run_TwoModelsAndTwoTransforms_FeedEachOther()
    {
        using var chain = new Chain()
            .Input("town", TensorType.Bytes, -1)
            .Input("minute", TensorType.Int32, -1)
            .Sql("select town as city, minute // 60 as hour, minute / 120.0 as distance from input", "prepare.sql")
            .Model("late", TestModels.Mixed())
            .Sql("select score as a, length(band) as b, city from input;  -- of the model and of the transform before it", "combine.sql")
            .Model("sum", TestModels.Add());
        Assert.Equal(["town BYTES [-1]", "minute INT32 [-1]"], chain.Released.Signature.Inputs.Select(Describe));
        Assert.Equal(["sum FP32 [-1,1]"], chain.Released.Signature.Outputs.Select(Describe));
        var answer = chain.Answer("""
            {"inputs":[{"name":"town","shape":[3],"datatype":"BYTES","data":["Oslo","Rome","Zürich"]},{"name":"minute","shape":[3],"datatype":"INT32","data":[480,1200,600]}]}
            """);
        // The city's weight, a tenth of the hour, the distance, and the length of the band.
        Assert.Equal([0.5 + 0.8 + 4 + 5, -0.25 + 2 + 10 + 4, 1 + 5 + 3], Numbers(Codec.Data(answer)), Near);
    }

    [Fact]
    public void Run_ModelsAlone_HandTensorsOn()
    {
        using var chain = new Chain().Model("late", TestModels.Mixed()).Model("copy", TestModels.Renamed("score", "copied"));
        Assert.Equal(["city BYTES [-1,1]", "hour INT64 [-1,1]", "distance FP32 [-1,1]"], chain.Released.Signature.Inputs.Select(Describe));
        var answer = chain.Answer("""
            {"inputs":[{"name":"city","shape":[1,1],"datatype":"BYTES","data":["Oslo"]},{"name":"hour","shape":[1,1],"datatype":"INT64","data":[8]},{"name":"distance","shape":[1,1],"datatype":"FP32","data":[0.25]}]}
            """);
        Assert.Equal([1.55], Numbers(Codec.Data(answer)), Near);
        Assert.Contains("\"shape\":[1]", answer);
    }

    [Fact]
    public void Run_LastTransform_GivesTensorsOfItsTypes()
    {
        using var chain = new Chain().Input("x", TensorType.Float32, -1).Sql("""
            select x::double as d, x as f, row as i, 'r' || row as s, x > 1 as b, 1.25 as e, row::hugeint as h, row::tinyint as t, encode('é') as o,
                   [x, x + 1] as l, [row, 7]::bigint[2] as a, ['a', s] as w
            from input
            """);
        Assert.Equal(
            ["d FP64 [-1]", "f FP32 [-1]", "i INT64 [-1]", "s BYTES [-1]", "b BOOL [-1]", "e FP64 [-1]", "h INT64 [-1]", "t INT8 [-1]", "o BYTES [-1]", "l FP32 [-1,-1]", "a INT64 [-1,2]", "w BYTES [-1,-1]"],
            chain.Released.Signature.Outputs.Select(Describe));
        var answer = chain.Answer(X);
        string[] expected =
        [
            "[1,2,3]", "[1,2,3]", "[0,1,2]", """["r0","r1","r2"]""", "[false,true,true]", "[1.25,1.25,1.25]", "[0,1,2]", "[0,1,2]", """["é","é","é"]""",
            "[1,2,2,3,3,4]", "[0,7,1,7,2,7]", """["a","r0","a","r1","a","r2"]""",
        ];
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(i => Codec.Data(answer, i)));
    }

    [Fact]
    public void Run_NamesOfOneModel_AreThoseOfTheLater()
    {
        using var chain = new Chain()
            .Input("x", TensorType.Float32, -1)
            .Model("first", TestModels.Identity(OnnxType.Float, "N"))
            .Sql("select x * 10 as x, y, x + y as z from input")
            .Model("second", TestModels.Identity(OnnxType.Float, "N"))
            .Sql("select x, y, z from input");
        var answer = chain.Answer(X);
        Assert.Equal(["[10,20,30]", "[10,20,30]", "[2,4,6]"], Enumerable.Range(0, 3).Select(i => Codec.Data(answer, i)));
    }

    [Fact]
    public void Run_ColumnThatTwoModelsTakeDifferently_IsCastForEach()
    {
        using var chain = new Chain()
            .Input("v", TensorType.Float64, -1)
            .Sql("select v / 3 as x, v from input")
            .Model("whole", TestModels.Identity(OnnxType.Int64, "N"))
            .Model("single", TestModels.Renamed("x", "f"))
            .Sql("select y, f, v from input");
        Assert.Equal(["y INT64 [-1]", "f FP32 [-1]", "v FP64 [-1]"], chain.Released.Signature.Outputs.Select(Describe));
        var answer = chain.Answer("""{"inputs":[{"name":"v","shape":[2],"datatype":"FP64","data":[4.5,9]}]}""");
        Assert.Equal(["[2,3]", "[1.5,3]", "[4.5,9]"], Enumerable.Range(0, 3).Select(i => Codec.Data(answer, i)));
    }

    [Fact]
    public void Run_ResultWithRow_IsPutBackInOrder()
    {
        using var chain = new Chain().Input("x", TensorType.Float32, -1).Sql("select max(x) over () - x as y, row from input order by random()");
        Assert.Equal("y", Assert.Single(chain.Released.Signature.Outputs).Name);
        Assert.Equal("[2,1,0]", Codec.Data(chain.Answer(X)));
    }

    [Theory]
    [InlineData("select x from input where x > 1", "gives 2 rows for 3; give exactly one for each row of 'input'")]
    [InlineData("select x from input, range(2)", "gives more rows than 3; give exactly one")]
    [InlineData("select sum(x) as x from input", "gives 1 rows for 3; give exactly one")]
    [InlineData("select row, x from input, range(2)", "gives the row '0' where '1' of 3 comes next")]
    [InlineData("select row + 1 as row, x from input", "gives the row '1' where '0' of 3 comes next")]
    [InlineData("select null::bigint as row, x from input", "gives the row 'NULL' where '0' of 3 comes next")]
    [InlineData("select case when x = 2 then null else row end as y from input", "gives NULL in 'y' at row 1, and INT64 has none; use coalesce")]
    [InlineData("select nullif('a' || row, 'a2') as y from input", "gives NULL in 'y' at row 2, and BYTES has none")]
    [InlineData("select nullif([x], [3]) as y from input", "gives NULL in 'y' at row 2")]
    [InlineData("select range(row + 1) as y from input", "gives 'y' with 2 elements in row 1 and 1 in the rows before; give lists of one length")]
    [InlineData("select ('n' || x)::int as y from input", "Could not convert string")]
    [InlineData("select error('no ' || x) as y from input", "no 1")]
    [InlineData("select (row + 170141183460469231731687303715884105720)::hugeint as y from input", "out of range")]
    public void Run_ResultDoesNotFit_SaysWhyAndServesOn(string sql, string reason)
    {
        using var chain = new Chain().Input("x", TensorType.Float32, -1).Sql(sql);
        using var session = chain.Open();
        var answer = new InferAnswer();
        for (var i = 0; i < 3; i++)
        {
            var e = Assert.Throws<FairleadException>(() => session.Run(Codec.Read(session.Codec, X), answer));
            Assert.Equal(ProblemKind.Failed, e.Kind);
            Assert.StartsWith("The chain 'fares' could not score the request: The stage 1 'transform' ", e.Message);
            Assert.True(e.Message.Contains(reason, StringComparison.Ordinal), e.Message);
            Assert.DoesNotContain("\n", e.Message, StringComparison.Ordinal);
            Assert.True(answer.OutputBlock.IsEmpty);
        }
    }

    [Fact]
    public void Run_OneRequestFails_TheNextDoesNot()
    {
        using var chain = new Chain().Input("t", TensorType.Bytes, -1).Sql("select t::double as y from input");
        using var session = chain.Open();
        Assert.Throws<FairleadException>(() => Codec.Answer(session, """{"inputs":[{"name":"t","shape":[2],"datatype":"BYTES","data":["1","one"]}]}"""));
        Assert.Equal("[2]", Codec.Data(Codec.Answer(session, """{"inputs":[{"name":"t","shape":[1],"datatype":"BYTES","data":["2"]}]}""")));
    }

    [Fact]
    public void Run_NullOfAFloat_IsNaN()
    {
        using var chain = new Chain().Input("x", TensorType.Float32, -1).Sql("select nullif(x, 2) as f, nullif(x::double, 1) as d, [nullif(x, 3)] as l from input");
        var answer = chain.Answer(X);
        Assert.Equal(["[1,null,3]", "[null,2,3]", "[1,2,null]"], Enumerable.Range(0, 3).Select(i => Codec.Data(answer, i)));
    }

    [Theory]
    [InlineData(OnnxType.Float16)]
    [InlineData(OnnxType.BFloat16)]
    public void Run_HalfFloats_AreWidenedAndNarrowed(OnnxType type)
    {
        using var chain = new Chain().Input("x", TensorType.Float32, -1)
            .Sql("select x / 4 as x, x as z from input")
            .Model("half", TestModels.Identity(type, "N"))
            .Sql("select y * 2 as w, nullif(z, 2) as x from input")
            .Model("again", TestModels.Identity(type, "N"))
            .Sql("select w, y::double as y from input");
        var answer = chain.Answer(X);
        Assert.Equal("[0.5,1,1.5]", Codec.Data(answer));
        Assert.Equal("[1,null,3]", Codec.Data(answer, 1));
    }

    [Fact]
    public void Run_ClassifiersMaps_AreListsInSql()
    {
        using var chain = new Chain()
            .Model("classes", TestModels.Maps())
            .Sql("""select label, probabilities[list_position("probabilities.keys", 'yes')] as yes from input""");
        var answer = chain.Answer("""{"inputs":[{"name":"x","shape":[2,2],"datatype":"FP32","data":[0.25,0.75,1,0]}]}""");
        Assert.Equal("[1,0]", Codec.Data(answer));
        Assert.Equal("[0.75,0]", Codec.Data(answer, 1));
    }

    [Fact]
    public void Run_StringIsNoText_IsTheClientsFault()
    {
        using var chain = new Chain().Input("t", TensorType.Bytes, -1).Sql("select t from input");
        using var session = chain.Open();
        var request = new InferRequest();
        request.Fill(1, [(byte)TensorType.Bytes, 1, 1, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0, 0, 0xFF]);
        var e = Assert.Throws<FairleadException>(() => session.Run(request, new InferAnswer()));
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains("The tensor 't' has a string that is not UTF-8", e.Message);
        Assert.Equal("""["\u0000"]""", Codec.Data(Codec.Answer(session, """{"inputs":[{"name":"t","shape":[1],"datatype":"BYTES","data":["\u0000"]}]}""")));
    }

    [Fact]
    public void Run_ModelRefuses_CarriesItsMessage()
    {
        using var chain = new Chain().Input("i", TensorType.Int64, -1).Sql("select i as index from input").Model("pick", TestModels.Pick());
        using var session = chain.Open();
        var e = Assert.Throws<FairleadException>(() => Codec.Answer(session, """{"inputs":[{"name":"i","shape":[1],"datatype":"INT64","data":[9]}]}"""));
        Assert.Contains("Model 'pick' could not score the request", e.Message);
        Assert.Equal("[30]", Codec.Data(Codec.Answer(session, """{"inputs":[{"name":"i","shape":[1],"datatype":"INT64","data":[2]}]}""")));
    }

    [Fact]
    public void Run_TransformNeverEnds_IsInterrupted()
    {
        using var chain = new Chain().Input("x", TensorType.Float32, -1).Sql("select x + (select max(a.range + b.range) from range(10000000) a, range(10000000) b where a.range % 7 = x) as y from input");
        using var session = chain.Open(new HurriedTime());
        var e = Assert.Throws<FairleadException>(() => Codec.Answer(session, X));
        Assert.Contains("The stage 1 'transform' did not end within 10 s", e.Message);
    }

    [Fact]
    public void MemoryBytes_Chain_IsThatOfItsTransforms()
    {
        using var models = new Chain().Model("late", TestModels.Mixed());
        using var chain = new Chain().Input("x", TensorType.Float32, -1).Sql("select x from input");
        using var without = models.Open();
        using var with = chain.Open();
        Assert.Equal(0, without.MemoryBytes);
        Assert.True(with.MemoryBytes > 0);
    }

    private static double[] Numbers(string json) => JsonSerializer.Deserialize<double[]>(json)!;

    private static bool Near(double left, double right) => Math.Abs(left - right) < 1e-5;

    private static string Describe(TensorSpec spec) => $"{spec.Name} {spec.Type.WireName()} [{string.Join(',', spec.Shape)}]";
}
