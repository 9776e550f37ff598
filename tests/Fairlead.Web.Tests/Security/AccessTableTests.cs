using System.Net;
using Fairlead.Domain.Identity;
using Fairlead.Web.Security;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Tests.Security;

/// <summary>Every endpoint has its line, every line its endpoint, and nobody gets past what the line says.</summary>
public sealed class AccessTableTests
{
    [Fact]
    public async Task Table_HasALineForEachEndpoint_AndNoOther()
    {
        await using var server = await GateServer.StartAsync();
        var lines = server.Endpoints.SelectMany(endpoint => Methods(endpoint).Select(method => AccessTable.LineOf(method, endpoint))).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(lines);
        Assert.Empty(lines.Except(AccessTable.Lines, StringComparer.OrdinalIgnoreCase));
        Assert.Empty(AccessTable.Lines.Except(lines, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Change_OfAnything_IsEnteredIntoTheAuditLogOrIsListedHere()
    {
        await using var server = await GateServer.StartAsync();
        var unrecorded = server.Endpoints
            .SelectMany(endpoint => Methods(endpoint).Where(method => method != "GET").Select(method => (Line: AccessTable.LineOf(method, endpoint), Rule: AccessTable.Find(endpoint, method)!)))
            .Where(entry => entry.Rule.Action is null).Select(entry => entry.Line).Order(StringComparer.Ordinal);
        Assert.Equal(["POST /api/executions/plan", "POST /api/executions/{number:int}/watch", "POST /api/experiments/plan", "POST /api/hooks/{pipeline}/{name}", "POST /api/hosts/report", "POST /api/outcomes", "POST /api/query", "POST /api/store/check", "POST /chat/slack/{channel}", "POST /judge", "POST /login"], unrecorded);
    }

    [Fact]
    public async Task Endpoint_ForWhoMayNot_IsRefusedAndForWhoMayIsReached()
    {
        await using var server = await GateServer.StartAsync("machine-secret");
        var callers = new Dictionary<string, string?> { ["nobody"] = null, ["machine"] = "machine-secret" };
        foreach (var roles in new[] { "admin", "none", "viewer", "developer", "operator", "judge", "viewer@prod", "operator@prod", "operator@stage", "admin@prod", "developer@prod judge" })
            callers[roles] = await server.AddAsync(roles.Replace(' ', '.').Replace('@', '-'), roles == "none" ? [] : roles.Split(' '));
        foreach (var endpoint in server.Endpoints)
        {
            foreach (var method in Methods(endpoint))
            {
                foreach (var (roles, token) in callers)
                {
                    var (status, body) = await server.SendAsync(method, PathOf(endpoint), token);
                    var expected = Expected(AccessTable.Find(endpoint, method)!, roles);
                    var actual = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? status : HttpStatusCode.OK;
                    // Whoever gets a form with no token in it is told that it is none, past the gate.
                    if (AccessTable.LineOf(method, endpoint) == "POST /login")
                        continue;
                    Assert.True(expected == actual, $"{method} {PathOf(endpoint)} by {roles}: expected {expected}, was {status} {body}");
                }
            }
        }
    }

    private static HttpStatusCode Expected(AccessRule rule, string roles)
    {
        if (rule.Scope == AccessScope.Public)
            return HttpStatusCode.OK;
        if (rule.Scope == AccessScope.Host)
            return roles switch { "machine" => HttpStatusCode.OK, "nobody" => HttpStatusCode.Unauthorized, _ => HttpStatusCode.Forbidden };
        if (roles == "nobody")
            return HttpStatusCode.Unauthorized;
        if (roles == "machine")
            return rule.TakesMachine ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
        // Written out again on purpose, and differently from the rules under test.
        var may = rule.Scope == AccessScope.SignedIn || (roles != "none" && roles.Split(' ').Any(grant =>
        {
            var role = grant.Split('@')[0];
            var environment = grant.Contains('@') ? grant.Split('@')[1] : null;
            var allowed = role switch
            {
                "admin" => true,
                "operator" => rule.Role is Role.Viewer or Role.Developer or Role.Operator,
                "developer" => rule.Role is Role.Viewer or Role.Developer,
                "judge" => rule.Role is Role.Viewer or Role.Judge,
                _ => rule.Role is Role.Viewer,
            };
            return allowed && rule.Scope switch
            {
                AccessScope.Somewhere => true,
                AccessScope.Environment => environment is null or "prod",
                _ => environment is null,
            };
        }));
        return may ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
    }

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods;

    private static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "environment" } => "prod",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "documentName" } => "v1",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart => "1",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        _ => throw new InvalidOperationException("An unknown part of a path."),
    }))));
}
