using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Inference.Tests.Chains;

public sealed class ChainInspectorTests
{
    [Fact]
    public void Inspect_ColumnMissing_NamesBothStagesAndWhatThereIs()
    {
        using var chain = new Chain().Input("x", TensorType.Float32, -1).Sql("select x as a, x as c from input").Model("sum", TestModels.Add());
        AssertRefused(chain, "In the chain 'fares', stage 1 'transform: x.sql' gives no column 'b' that stage 2 'model: sum' takes; it gives 'a', 'c'.");
    }

    [Fact]
    public void Inspect_ColumnMistyped_GuessesWhatWasMeant()
    {
        using var chain = new Chain().Input("x", TensorType.Float32, -1).Sql("select x as indx, x as c from input").Model("pick", TestModels.Pick());
        AssertRefused(chain, "In the chain 'fares', stage 1 'transform: x.sql' gives no column 'index' that stage 2 'model: pick' takes; it gives 'indx', 'c' (did you mean 'indx'?).");
    }

    [Fact]
    public void Inspect_InputMissing_NamesTheModel()
    {
        using var chain = new Chain().Input("a", TensorType.Float32, -1).Model("sum", TestModels.Add());
        AssertRefused(chain, "In the chain 'fares', nothing before stage 1 'model: sum' gives the input 'b' that it takes; there is 'a'.");
    }

    [Fact]
    public void Inspect_TypesDifferWithoutTransform_NamesBoth()
    {
        using var inputs = new Chain().Input("a", TensorType.Float64, -1).Input("b", TensorType.Float32, -1).Model("sum", TestModels.Add());
        AssertRefused(inputs, "In the chain 'fares', stage 1 'model: sum' takes 'a' as FP32 [-1,1], and the chain's inputs give it as FP64 [-1]; put a transform between them that casts it.");
        using var models = new Chain().Model("late", TestModels.Mixed()).Model("copy", TestModels.Renamed("band", "y"));
        AssertRefused(models, "In the chain 'fares', stage 2 'model: copy' takes 'band' as FP32 [-1], and stage 1 'model: late' gives it as BYTES [-1,1]; put a transform between them that casts it.");
    }

    [Fact]
    public void Inspect_ShapesDiffer_NamesBoth()
    {
        using var models = new Chain().Input("x", TensorType.Float32, -1, 3).Model("pairs", TestModels.Identity(OnnxType.Float, "N", 2));
        AssertRefused(models, "In the chain 'fares', stage 1 'model: pairs' takes 'x' as FP32 [-1,2], and the chain's inputs give it as FP32 [-1,3]; put a transform between them that casts it.");
        using var scalar = new Chain().Input("v", TensorType.Float32, -1).Sql("select v as x from input").Model("pairs", TestModels.Identity(OnnxType.Float, "N", 2));
        AssertRefused(scalar, "In the chain 'fares', stage 1 'transform: x.sql' gives 'x' as FLOAT, and stage 2 'model: pairs' takes it as FP32 [-1,2]; give a list of that length per row.");
        using var list = new Chain().Input("v", TensorType.Float32, -1).Sql("select [v] as x from input").Model("one", TestModels.Identity(OnnxType.Float, "N"));
        AssertRefused(list, "In the chain 'fares', stage 1 'transform: x.sql' gives 'x' as FLOAT[], and stage 2 'model: one' takes it as FP32 [-1]; give one value per row.");
        using var array = new Chain().Input("v", TensorType.Float32, -1).Sql("select [v, v, v]::float[3] as x from input").Model("pairs", TestModels.Identity(OnnxType.Float, "N", 2));
        AssertRefused(array, "In the chain 'fares', stage 1 'transform: x.sql' gives 'x' as FLOAT[3], and stage 2 'model: pairs' takes it as FP32 [-1,2]; give a list of that length per row.");
    }

    [Fact]
    public void Inspect_TensorThatNoTableHolds_IsRefused()
    {
        using var rank = new Chain().Input("x", TensorType.Float32, -1, 3, 3).Sql("select 1 as y from input");
        AssertRefused(rank, "In the chain 'fares', stage 1 'transform: x.sql' cannot take 'x' as FP32 [-1,3,3]; a transform takes tensors of shape [-1] and [-1,k].");
        using var row = new Chain().Input("Row", TensorType.Int64, -1).Sql("select 1 as y from input");
        AssertRefused(row, "In the chain 'fares', stage 1 'transform: x.sql' cannot take 'Row', the name of the column with the row's number; rename the tensor.");
        using var same = new Chain().Input("x", TensorType.Int64, -1).Input("X", TensorType.Int64, -1).Sql("select 1 as y from input");
        AssertRefused(same, "In the chain 'fares', stage 1 'transform: x.sql' cannot take both 'x' and 'X', which are one name in SQL; rename one of them.");
        using var date = new Chain().Input("x", TensorType.Int64, -1).Sql("select date '2001-02-03' + x::int as d from input");
        AssertRefused(date, "In the chain 'fares', stage 1 'transform: x.sql' gives 'd' as DATE, which is no tensor; cast it to a number, BOOLEAN or VARCHAR, or to a list of them.");
        using var nothing = new Chain().Input("x", TensorType.Int64, -1).Sql("select row from input");
        AssertRefused(nothing, "In the chain 'fares', stage 1 'transform: x.sql' gives no column; select at least one beside 'row'.");
    }

    [Fact]
    public void Inspect_Inputs_AreCheckedFirst()
    {
        using var twice = new Chain().Input("x", TensorType.Int64, -1).Input("x", TensorType.Int64, -1).Sql("select x from input");
        AssertRefused(twice, "In the chain 'fares', the input 'x' is declared twice; rename one of them.");
        using var none = new Chain().Sql("select 1 as x");
        AssertRefused(none, "In the chain 'fares', stage 1 'transform: x.sql' comes first, so that the chain's inputs must be declared; add 'inputs' with name, type and shape.");
        using var empty = new Chain().Input("x", TensorType.Int64, -1);
        AssertRefused(empty, "In the chain 'fares', there is no stage; name at least one model or transform.");
    }

    [Fact]
    public void Inspect_TypeThatIsNoTensor_BecomesTextOnly()
    {
        using var text = new Chain().Input("v", TensorType.Int64, -1).Sql("select date '2001-02-03' + v::int as x from input").Model("copy", TestModels.Identity(OnnxType.String, "N"));
        Assert.Equal("""["2001-02-04"]""", Codec.Data(text.Answer("""{"inputs":[{"name":"v","shape":[1],"datatype":"INT64","data":[1]}]}""")));
        using var chain = new Chain().Input("x", TensorType.Int64, -1).Sql("select date '2001-02-03' + x::int as index from input").Model("pick", TestModels.Pick());
        AssertRefused(chain, "In the chain 'fares', stage 1 'transform: x.sql' gives 'index' as DATE, and stage 2 'model: pick' takes it as INT64 [-1]; cast it in the transform.");
    }

    [Theory]
    [InlineData("selec x", "does not parse")]
    [InlineData("", "holds 0 statements; write one SELECT over the table 'input'")]
    [InlineData("-- nothing", "holds 0 statements")]
    [InlineData("select 1; select 2", "holds 2 statements; write one SELECT over the table 'input'")]
    [InlineData("select x from input) as t; drop table input; select (1", "does not parse")]
    [InlineData("insert into input values (1, 2)", "is not a reading statement; write one SELECT")]
    [InlineData("drop table input", "is not a reading statement")]
    [InlineData("set threads = 8", "is not a reading statement")]
    [InlineData("attach '/tmp/x.db' as x", "is not a reading statement")]
    [InlineData("copy (select 1) to '/tmp/x.csv'", "is not a reading statement")]
    [InlineData("install httpfs", "is not a reading statement")]
    [InlineData("select * from read_text('/etc/passwd')", "calls the table function 'read_text', which is not allowed; read from the table 'input'")]
    [InlineData("select (select content from read_text('/etc/passwd')) as x from input", "calls the table function 'read_text'")]
    [InlineData("select * from glob('/*')", "calls the table function 'glob'")]
    [InlineData("select * from enable_logging()", "calls the table function 'enable_logging'")]
    [InlineData("with t as (from query('drop table input')) select x from input", "calls the table function 'query'")]
    [InlineData("select * from '/etc/passwd'", "is no query over its table 'input' with 'x', 'row'")]
    [InlineData("select * from 'data.parquet'", "is no query over its table 'input' with 'x', 'row'")]
    [InlineData("select z from input", "is no query over its table 'input' with 'x', 'row'")]
    [InlineData("select $1 as x from input", "is no query over its table")]
    [InlineData("select x from inputs", "is no query over its table")]
    public void Inspect_TransformIsNoQueryThatIsServed_IsRefused(string sql, string reason)
    {
        using var chain = new Chain().Input("x", TensorType.Float32, -1).Sql(sql);
        var e = Assert.Throws<FairleadException>(() => chain.Released);
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.StartsWith("In the chain 'fares', stage 1 'transform: x.sql' ", e.Message);
        Assert.Contains(reason, e.Message);
    }

    [Fact]
    public void Inspect_Digest_IsThatOfWhatTheChainComputes()
    {
        using var chain = new Chain().Input("a", TensorType.Float32, -1).Sql("select a, a as b from input").Model("sum", TestModels.Add());
        using var renamed = new Chain().Input("a", TensorType.Float32, -1).Sql("select a, a as b from input", "y.sql").Model("total", TestModels.Add());
        using var otherSql = new Chain().Input("a", TensorType.Float32, -1).Sql("select a, -a as b from input").Model("sum", TestModels.Add());
        using var otherInput = new Chain().Input("a", TensorType.Float64, -1).Sql("select a, a as b from input").Model("sum", TestModels.Add());
        Assert.Equal(chain.Released.Digest, renamed.Released.Digest);
        Assert.NotEqual(chain.Released.Digest, otherSql.Released.Digest);
        Assert.NotEqual(chain.Released.Digest, otherInput.Released.Digest);
        // Written down: a release keeps its digest for good.
        Assert.Equal("sha256:4954b44c94d769b8fc45a5bfc11d198be95274c152dd46af0b99fd8524afff97", chain.Released.Digest.ToString());
    }

    private static void AssertRefused(Chain chain, string message)
    {
        var e = Assert.Throws<FairleadException>(() => chain.Released);
        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Equal(message, e.Message);
    }
}
