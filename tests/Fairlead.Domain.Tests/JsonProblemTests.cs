using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Tests;

public sealed class JsonProblemTests
{
    [Theory]
    [InlineData("{\"sql\": 5}", "'sql' is of another type than expected (line 1, byte 10)")]
    [InlineData("x", "'x' is an invalid start of a value (line 1, byte 1)")]
    [InlineData("{}", "'sql' is missing (line 1, byte 3)")]
    [InlineData("5", "it is of another type than expected (line 1, byte 2)")]
    public void Describe_OfAJsonText_NamesMemberAndPlaceAndNoType(string json, string expected)
    {
        var problem = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Question>(json, JsonSerializerOptions.Web));
        Assert.Equal(expected, JsonProblem.Describe(problem));
    }

    private sealed record Question
    {
        public required string Sql { get; init; }
    }
}
