using System.Text;

namespace Fairlead.Conformance.Tests.Http;

public sealed class RestAnswerTests
{
    [Theory]
    [InlineData("""{"a":[1.0,2]}""", "a", "[1,2.0]", Outcome.Pass)]
    [InlineData("""{"a":[18446744073709551615]}""", "a", "[18446744073709551614]", Outcome.Fail)]
    [InlineData("""{"a":{"x":1,"y":2}}""", "a", """{"y":2,"x":1}""", Outcome.Pass)]
    [InlineData("""{"list":[{"name":"n","v":"\u0041"}]}""", "list/n/v", "\"A\"", Outcome.Pass)]
    [InlineData("""{"list":[5]}""", "list/0", "5", Outcome.Pass)]
    [InlineData("""{"a":1}""", "b", "1", Outcome.Fail)]
    [InlineData("no json", "a", "1", Outcome.Fail)]
    public void Says_Path_ComparesMeaning(string body, string path, string expected, Outcome outcome) =>
        Assert.Equal(outcome, Json(body).Says(path, expected).Outcome);

    [Theory]
    [InlineData(400, """{"error":"why"}""", Outcome.Pass)]
    [InlineData(404, """{"error":"why"}""", Outcome.Pass)]
    [InlineData(500, """{"error":"why"}""", Outcome.Fail)]
    [InlineData(200, """{"error":"why"}""", Outcome.Fail)]
    [InlineData(400, """{"error":""}""", Outcome.Fail)]
    [InlineData(400, """{"error":{}}""", Outcome.Fail)]
    [InlineData(400, "", Outcome.Fail)]
    public void IsRefused_StatusAndError_BothMatter(int status, string body, Outcome outcome) => Assert.Equal(outcome, (Json(body) with { Status = status }).IsRefused.Outcome);

    [Fact]
    public void HasOutput_NestedData_IsTheSameAsFlat() =>
        Assert.Equal(Outcome.Pass, Json("""{"outputs":[{"name":"y","datatype":"FP32","shape":[2,2],"data":[[1,2],[3,4]]}]}""").HasOutput("y", "FP32", "[2,2]", "[1,2,3,4]").Outcome);

    [Theory]
    [InlineData(4, 8, new byte[] { 5, 6, 7, 8, 9, 10, 11, 12 })]
    [InlineData(4, 9, null)]
    [InlineData(-4, 8, null)]
    public void Binary_SecondOutput_LiesBehindTheFirst(int first, int second, byte[]? expected)
    {
        var json = $$$"""{"outputs":[{"name":"a","parameters":{"binary_data_size":{{{first}}}}},{"name":"c"},{"name":"b","parameters":{"binary_data_size":{{{second}}}}}]}""";
        var head = Encoding.UTF8.GetBytes(json);
        byte[] body = [.. head, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        var answer = new RestAnswer(200, new Dictionary<string, string> { ["Inference-Header-Content-Length"] = $"{head.Length}" }, body);

        Assert.Equal(expected, answer.Binary("b"));
    }

    private static RestAnswer Json(string body) => new(200, new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body));
}
