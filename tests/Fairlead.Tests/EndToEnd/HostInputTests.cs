using System.Net;
using System.Text;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>What a clumsy or hostile client sends to the host: one sentence, the right status, and the host goes on.</summary>
[Collection(LiveProject.Name)]
public sealed class HostInputTests(DeployedProject deployed) : IDisposable
{
    private const string Good = """{"inputs":[{"name":"features","shape":[1,3],"datatype":"FP32","data":[3,39.0,6]}]}""";
    private const string InferPath = "environments/prod/v2/models/churn/infer";
    private readonly HttpClient http = new() { BaseAddress = deployed.Project.HostUrl };

    [Theory]
    [InlineData("""{"inputs":[]}""", "lacks the input 'features'")]
    [InlineData("""{}""", "no 'inputs'")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1,3],"datatype":"INT64","data":[3,39,6]}]}""", "datatype 'INT64'; expected 'FP32'")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1,3],"datatype":"FP32","data":["a",39,6]}]}""", "the string 'a'")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1,4],"datatype":"FP32","data":[3,39,6,1]}]}""", "shape [1,4]; expected [-1,3]")]
    [InlineData("""{"inputs":[{"name":"features","shape":[1,3],"datatype":"FP32","data":[3,39]}]}""", "2 elements")]
    [InlineData("""{"inputs":[{"name":"feature","shape":[1,3],"datatype":"FP32","data":[3,39,6]}]}""", "did you mean 'features'?")]
    [InlineData("no json", "not JSON")]
    [InlineData("", "not JSON")]
    public async Task Infer_OfAWrongBody_IsRefusedWithItsReason(string body, string reason)
    {
        var (status, error) = await PostAsync(InferPath, Encoding.UTF8.GetBytes(body));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, error);
    }

    [Fact]
    public async Task Infer_OfInvalidUtf8_IsRefusedWithItsPlace()
    {
        byte[] body = [.. """{"inputs":[{"name":"feat"""u8, 0xff, 0xfe, .. "\",\"shape\":[1,3],\"datatype\":\"FP32\",\"data\":[3,39,6]}]}"u8];
        var (status, error) = await PostAsync(InferPath, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("not UTF-8 at byte 24", error);
    }

    [Theory]
    [InlineData("environments/prodd/v2/models/churn/infer", "'prodd' is not found; did you mean 'prod'?")]
    [InlineData("environments/prod/v2/models/churnn/infer", "Request for unknown model: 'churnn'")]
    [InlineData("environments/prod/v2/models/churn/versions/v009/infer", "Request for unknown model: 'churn' version 'v009'")]
    [InlineData("environments/stage/v2/models/churn/infer", "Request for unknown model")]
    [InlineData("nonsense", "There is nothing at '/nonsense'")]
    public async Task Infer_OfAnUnknownName_IsNotFound(string path, string reason)
    {
        var (status, error) = await PostAsync(path, Encoding.UTF8.GetBytes(Good));
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains(reason, error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Infer_OfAHundredMegabytes_IsRefusedAndTheMemoryGivenBack(bool announced)
    {
        await PostAsync(InferPath, Encoding.UTF8.GetBytes(Good));
        var before = ResidentMegabytes();

        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostBigAsync(announced));

        var (status, _) = await PostAsync(InferPath, Encoding.UTF8.GetBytes(Good));
        Assert.Equal(HttpStatusCode.OK, status);
        // Less than a single such body.
        Assert.InRange(ResidentMegabytes(), 0, before + 80);
    }

    [Fact]
    public async Task Infer_UnderAForeignHostName_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, InferPath) { Content = new StringContent(Good), Headers = { Host = "evil.example" } };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("""[1]""", 4, "'[1]'")]
    [InlineData("""{"features": ["a", 2, 3]}""", 4, "'a'")]
    [InlineData("""{"features": [1, 2]}""", 4, "2 elements")]
    [InlineData("""{"feature": [1, 2, 3]}""", 4, "did you mean 'features'?")]
    [InlineData("""{}""", 4, "'features' (FP32)")]
    [InlineData("""{"features": """, 4, "--input is not JSON")]
    public async Task Predict_OfAWrongInput_SaysWhichAndEndsWithItsCode(string input, int code, string reason)
    {
        var result = await deployed.Project.RunAsync("predict", "churn", "--env", "prod", "--input", input);
        Assert.Equal(code, result.ExitCode);
        Assert.Contains(reason, result.Errors);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Predict_AtAnAddressThatIsNone_SaysWhatIsExpected()
    {
        var result = await deployed.Project.RunAsync("predict", "churn", "--host", "nonsense", "--input", "{}");
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("'nonsense' is not the URL of a host", result.Errors);
    }

    public void Dispose() => http.Dispose();

    private async Task<(HttpStatusCode Status, string Error)> PostAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await http.PostAsync(path, content, TestContext.Current.CancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        return (response.StatusCode, response.IsSuccessStatusCode ? "" : answer.RootElement.GetProperty("error").GetString()!);
    }

    private async Task<HttpStatusCode> PostBigAsync(bool announced)
    {
        using var content = new ByteArrayContent(new byte[100_000_000]);
        using var request = new HttpRequestMessage(HttpMethod.Post, InferPath) { Content = content };
        request.Headers.TransferEncodingChunked = !announced;
        // Else the refusal may reach a client that is still sending.
        request.Headers.ExpectContinue = announced;
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private long ResidentMegabytes()
    {
        var host = deployed.Project.ProcessOf("host");
        var line = File.ReadLines($"/proc/{host}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) / 1024;
    }
}
