using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tests.Query;

public sealed class FieldTypeTests
{
    [Theory]
    [InlineData("INTEGER", "INTEGER", "INTEGER")]
    [InlineData("INTEGER", "BIGINT", "BIGINT")]
    [InlineData("TINYINT", "UTINYINT", "SMALLINT")]
    [InlineData("INTEGER", "UTINYINT", "INTEGER")]
    [InlineData("BIGINT", "UBIGINT", "HUGEINT")]
    [InlineData("USMALLINT", "UBIGINT", "UBIGINT")]
    [InlineData("FLOAT", "DOUBLE", "DOUBLE")]
    [InlineData("FLOAT", "SMALLINT", "FLOAT")]
    [InlineData("FLOAT", "INTEGER", "DOUBLE")]
    [InlineData("FLOAT", "BIGINT", "DOUBLE")]
    [InlineData("BOOLEAN", "DOUBLE", "DOUBLE")]
    [InlineData("BOOLEAN", "VARCHAR", "VARCHAR")]
    [InlineData("BIGINT", "VARCHAR", "VARCHAR")]
    [InlineData("DATE", "BIGINT", "VARCHAR")]
    public void With_Scalars_HoldsTheValuesOfBoth(string left, string right, string expected)
    {
        Assert.Equal(expected, FieldType.Scalar(left).With(FieldType.Scalar(right)).Sql);
        Assert.Equal(expected, FieldType.Scalar(right).With(FieldType.Scalar(left)).Sql);
    }

    [Fact]
    public void With_ListsAndStructs_GoIntoThem()
    {
        var number = FieldType.Scalar("INTEGER");
        var text = FieldType.Scalar("VARCHAR");
        Assert.Equal("DOUBLE[]", FieldType.List(number).With(FieldType.List(FieldType.Scalar("DOUBLE"))).Sql);
        Assert.Equal("VARCHAR", FieldType.List(number).With(number).Sql);
        Assert.Equal("VARCHAR", FieldType.Struct([("a", number)]).With(text).Sql);
        var left = FieldType.Struct([("a", number), ("b", text)]);
        var right = FieldType.Struct([("c", text), ("A", FieldType.Scalar("BIGINT"))]);
        Assert.Equal("STRUCT(\"a\" BIGINT, \"b\" VARCHAR, \"c\" VARCHAR)", left.With(right).Sql);
        Assert.True(FieldType.Struct([("B", text)]).IsPartOf(left));
        Assert.False(left.IsPartOf(left.With(right)));
        Assert.True(right.IsPartOf(left.With(right)));
        Assert.True(left.IsPartOf(left.With(FieldType.Struct([("z", number)]))));
    }
}
