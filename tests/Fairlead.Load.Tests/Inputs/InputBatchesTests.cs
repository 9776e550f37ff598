using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Load.Inputs;

namespace Fairlead.Load.Tests.Inputs;

public sealed class InputBatchesTests
{
    [Theory]
    [InlineData(TensorType.Bool, "true", true)]
    [InlineData(TensorType.Bool, "0", false)]
    [InlineData(TensorType.Bool, "1.0", true)]
    [InlineData(TensorType.UInt8, "255", 255L)]
    [InlineData(TensorType.UInt64, "18446744073709551615", ulong.MaxValue)]
    [InlineData(TensorType.Int8, "-128", -128L)]
    [InlineData(TensorType.Int64, "-9223372036854775808", long.MinValue)]
    [InlineData(TensorType.Int32, "3.0", 3L)]
    [InlineData(TensorType.Int32, "3e2", 300L)]
    [InlineData(TensorType.Int32, "true", 1L)]
    [InlineData(TensorType.Float32, "3", 3.0)]
    [InlineData(TensorType.Float64, "1e300", 1e300)]
    [InlineData(TensorType.Float16, "false", 0.0)]
    [InlineData(TensorType.Bytes, "\"SFO\"", "SFO")]
    [InlineData(TensorType.Bytes, "12.50", "12.50")]
    [InlineData(TensorType.Bytes, "true", "true")]
    public void Convert_ValueThatFits_IsTheElement(TensorType type, string json, object expected)
    {
        var element = InputValue.Convert("x", type, JsonElement.Parse(json));
        Assert.Equal(type == TensorType.UInt64 && element is ulong number ? number : element, expected);
    }

    [Theory]
    [InlineData(TensorType.Float32, "\"12\"", "the text '12', which is no FP32")]
    [InlineData(TensorType.Float32, "\"NaN\"", "the text 'NaN', which is no FP32")]
    [InlineData(TensorType.Float32, "1e39", "'1e39', which is no FP32")]
    [InlineData(TensorType.Float16, "65520", "'65520', which is no FP16")]
    [InlineData(TensorType.Int32, "3.5", "'3.5', which is no INT32")]
    [InlineData(TensorType.Int8, "128", "'128', which is no INT8")]
    [InlineData(TensorType.UInt8, "-1", "'-1', which is no UINT8")]
    [InlineData(TensorType.UInt64, "-1", "'-1', which is no UINT64")]
    [InlineData(TensorType.Int64, "1e19", "'1e19', which is no INT64")]
    [InlineData(TensorType.Bool, "2", "'2', which is no BOOL")]
    [InlineData(TensorType.Bytes, "{}", "a nested value, which is no BYTES")]
    public void Convert_ValueThatDoesNotFit_IsRefusedByName(TensorType type, string json, string why) =>
        Assert.Contains($"The column 'x' holds {why}", Assert.Throws<FairleadException>(() => InputValue.Convert("x", type, JsonElement.Parse(json))).Message, StringComparison.Ordinal);

    [Fact]
    public void Build_RowsThatLackAnInput_AreLeftOut()
    {
        var batches = new InputBatches("s", [Spec("a", -1, 1)], Rows.Of(["other", "A"], "[null,1]", "[2,null]", "[3,3]"), null);
        Assert.Equal([1.0, 3.0], batches.Build(1).Select(batch => (double)batch.Tensors[0].Elements[0]));
        Assert.Equal(1, batches.LeftOut);
    }

    [Fact]
    public void Build_NoRowThatCanBeUsed_SaysWhy()
    {
        Assert.Contains("has no rows", Problem(Rows.Of(["a"]), Spec("a", -1)), StringComparison.Ordinal);
        Assert.Contains("All 2 rows lack a value", Problem(Rows.Of(["a"], "[null]", "[null]"), Spec("a", -1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_FewerRowsThanARequestTakes_RepeatsThem()
    {
        var batch = Assert.Single(new InputBatches("s", [Spec("a", -1, 1)], Rows.Of(["a"], "[1]", "[2]"), null).Build(5));
        Assert.Equal([1.0, 2.0, 1.0, 2.0, 1.0], batch.Tensors[0].Elements);
        Assert.Equal([5, 1], batch.Tensors[0].Shape);
    }

    [Fact]
    public void Build_Lists_FillTheRow()
    {
        var batches = new InputBatches("s", [Spec("a", -1, 2, 2), Spec("b", -1, -1)], Rows.Of(["a", "b"], "[[[1,2],[3,4]],[1,2,3]]", "[[5,6,7,8],[4,5,6]]"), null);
        var batch = Assert.Single(batches.Build(2));
        Assert.Equal([2, 2, 2], batch.Tensors[0].Shape);
        Assert.Equal([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], batch.Tensors[0].Elements);
        Assert.Equal([2, 3], batch.Tensors[1].Shape);
    }

    [Fact]
    public void Build_ShapesThatCannotBeFilled_AreRefused()
    {
        Assert.Contains("holds 3 elements for 1 row, which do not fill the input's shape [-1, 2]", Problem(Rows.Of(["a"], "[[1,2,3]]"), Spec("a", -1, 2)), StringComparison.Ordinal);
        Assert.Contains("several variable dimensions", Problem(Rows.Of(["a"], "[[1,2]]"), Spec("a", -1, -1, -1)), StringComparison.Ordinal);
        Assert.Contains("takes no batch", Problem(Rows.Of(["a"], "[1]", "[2]"), Spec("a", 1), rowsPerRequest: 2), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_UnitThatNoHeaderCarries_IsRefused()
    {
        var rows = Rows.Of(["a", "id"], "[1,\"x\\r\\nevil: 1\"]");
        Assert.Contains("none that a header can carry", Assert.Throws<FairleadException>(() => new InputBatches("s", [Spec("a", -1)], rows, "id").Build(1)).Message, StringComparison.Ordinal);
        Assert.Contains("no column 'customer' for the unit", Assert.Throws<FairleadException>(() => new InputBatches("s", [Spec("a", -1)], rows, "customer")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "there are no columns")]
    [InlineData("[1]", "'[1]' is no row of the columns before it")]
    [InlineData("{\"columns\":[{\"name\":\"a\"}]}\n[1,2]", "'[1,2]' is no row")]
    [InlineData("{\"columns\":[{\"name\":\"a\"}]}\n[1", "cannot be read")]
    [InlineData("{\"columns\":7}", "cannot be read")]
    [InlineData("{\"kind\":\"error\",\"error\":\"It broke.\",\"problem\":\"failed\"}", "It broke.")]
    public void Parse_LinesThatAreNoRows_SaysWhy(string lines, string why) =>
        Assert.Contains(why, Assert.Throws<FairleadException>(() => LoadRows.Parse(lines)).Message, StringComparison.Ordinal);

    private static string Problem(LoadRows rows, TensorSpec spec, int rowsPerRequest = 1) =>
        Assert.Throws<FairleadException>(() => new InputBatches("s", [spec], rows, null).Build(rowsPerRequest)).Message;

    private static TensorSpec Spec(string name, params long[] shape) => new(name, TensorType.Float32, shape);
}
