using System.Net;
using System.Text;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>What strangers, forms of other sites and broken programs send to the control plane.</summary>
[Collection(LiveProject.Name)]
public sealed class ControlInputTests(DeployedProject deployed) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = deployed.Project.ControlUrl };

    [Fact]
    public void Settings_OfTheProjectsOwnPrograms_AreNeitherReadNorWatched()
    {
        var process = deployed.Project.ProcessOf("control");
        var watches = Directory.GetFiles($"/proc/{process}/fdinfo").SelectMany(LinesOf).Count(line => line.StartsWith("inotify ", StringComparison.Ordinal));
        Assert.Equal(0, watches);
    }

    private static string[] LinesOf(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (IOException)
        {
            // Closed since it was listed.
            return [];
        }
    }

    [Theory]
    [InlineData("api/status")]
    [InlineData("")]
    [InlineData("openapi/v1.json")]
    [InlineData("assets/fairlead.css")]
    public async Task Request_UnderAForeignHostName_IsRefused(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "evil.example" } };
        await AssertErrorAsync(request, HttpStatusCode.Forbidden, "'evil.example'");
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", "'http://evil.example'")]
    [InlineData("Origin", "null", "'null'")]
    [InlineData("Sec-Fetch-Site", "cross-site", "another site")]
    public async Task StateChange_FromAnotherSite_IsRefused(string header, string value, string reason)
    {
        using var request = Post("api/releases", "{}");
        request.Headers.Add(header, value);
        await AssertErrorAsync(request, HttpStatusCode.Forbidden, reason);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task StateChange_AsAFormCanSendIt_IsRefused(string type)
    {
        using var request = Post("api/releases", "{}");
        request.Content!.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        await AssertErrorAsync(request, HttpStatusCode.Forbidden, "application/json");
    }

    [Theory]
    [InlineData("api/releases", "{", "not the JSON that is expected")]
    [InlineData("api/releases", "null", "The body is missing")]
    [InlineData("api/environments/prod/deployments", """{"weight":"x"}""", "'weight' is of another type")]
    [InlineData("api/environments/prod/deployments", """{"weight":0}""", "'0'")]
    [InlineData("api/outcomes", """{"outcomes":[null]}""", "null")]
    [InlineData("api/outcomes", """{"outcomes":[{"prediction":"x","outcome":{}}]}""", "'x'")]
    [InlineData("api/query", """{"sql":"select 1; select 2"}""", "exactly one")]
    [InlineData("api/hosts/report", "{}", "processId")]
    public async Task Post_OfAWrongBody_IsRefusedWithItsReason(string path, string body, string reason)
    {
        using var request = Post(path, body);
        await AssertErrorAsync(request, HttpStatusCode.BadRequest, reason);
    }

    [Fact]
    public async Task Post_OfAHundredMegabytes_IsTooLarge()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/releases") { Content = new ByteArrayContent(new byte[100_000_000]) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.ExpectContinue = true;
        await AssertErrorAsync(request, HttpStatusCode.RequestEntityTooLarge, "longer");
    }

    [Theory]
    [InlineData("GET", "api/nonsense", HttpStatusCode.NotFound, "'/api/nonsense'")]
    [InlineData("GET", "api/runs/train-99", HttpStatusCode.NotFound, "'train-99'")]
    [InlineData("GET", "api/runs/nonsense", HttpStatusCode.BadRequest, "'nonsense'")]
    [InlineData("GET", "api/runs?limit=x", HttpStatusCode.BadRequest, "limit")]
    [InlineData("PUT", "api/runs", HttpStatusCode.MethodNotAllowed, "GET, POST")]
    public async Task Request_ThatIsNotUnderstood_IsToldWhy(string method, string path, HttpStatusCode status, string reason)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET")
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        await AssertErrorAsync(request, status, reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("predictions")]
    [InlineData("runs/train-1")]
    [InlineData("releases/v001")]
    [InlineData("nonsense")]
    public async Task Page_WhateverItShows_HasAStrictContentSecurityPolicyAndNoScript(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("<script", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("runs/%3Cimg%20src=x%3E-1")]
    [InlineData("releases/%3Cimg%20src=x%3E")]
    [InlineData("predictions/%3Cimg%20src=x%3E")]
    [InlineData("predictions?id=%3Cimg%20src=x%3E")]
    [InlineData("%3Cimg%20src=x%3E")]
    public async Task Page_OfAHostileName_ShowsItAsText(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<img src=x", page);
        Assert.Contains("&lt;img src=x", page);
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Post(string path, string body) =>
        new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private async Task AssertErrorAsync(HttpRequestMessage request, HttpStatusCode status, string reason)
    {
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {text}");
        using var answer = JsonDocument.Parse(text);
        Assert.Contains(reason, answer.RootElement.GetProperty("error").GetString());
        Assert.NotEmpty(answer.RootElement.GetProperty("kind").GetString()!);
    }
}
