using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.CompilerServices;
using Fairlead.Catalog;
using Fairlead.Domain.Identity;
using Fairlead.Identity.Users;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Tests.Security;

/// <summary>
/// The whole API and all pages behind the real guard and gate, over a real socket and a real catalog. No room is behind them but identity:
/// what passes the gate fails for want of it, with status 500, and so shows that it passed.
/// </summary>
internal sealed class GateServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly SqliteCatalog catalog;
    private readonly string folder;

    private GateServer(WebApplication app, SqliteCatalog catalog, string folder, MemoryLog log)
    {
        this.app = app;
        this.catalog = catalog;
        this.folder = folder;
        Log = log;
    }

    public Uri Url { get; private set; } = new("http://localhost");

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public MemoryLog Log { get; }

    public UserDesk Users => app.Services.GetRequiredService<UserDesk>();

    public IAuditLog Audit => catalog.Audit;

    public IReadOnlyList<RouteEndpoint> Endpoints => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <param name="machineToken">As FAIRLEAD_TOKEN of the control plane.</param>
    public static async Task<GateServer> StartAsync(string? machineToken = null)
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-gate-").FullName;
        var catalog = SqliteCatalog.Open(Path.Combine(folder, "catalog.db"), TimeProvider.System);
        var log = new MemoryLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new WebOptions(machineToken));
        builder.Services.AddSingleton(new ProjectFileDocument("{}"));
        builder.Services.AddSingleton(catalog.Users);
        builder.Services.AddSingleton(catalog.Audit);
        builder.Services.AddSingleton(catalog.Records);
        builder.Services.AddFairleadWeb();
        AddEmptyRooms(builder.Services);
        var server = new GateServer(builder.Build(), catalog, folder, log);
        server.app.UseFairleadWeb();
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        server.Url = new Uri(server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <summary>Adds a user; the first must be an admin.</summary>
    public async Task<string> AddAsync(string name, params string[] roles) =>
        (await Users.AddAsync(new UserOrder { Name = name, Roles = roles }, CancellationToken.None)).Token;

    public HttpRequestMessage Request(string method, string path, string? token = null, string body = "{}")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Url, path));
        if (method is not ("GET" or "DELETE"))
            request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return request;
    }

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task<(HttpStatusCode Status, string Body)> SendAsync(string method, string path, string? token = null) => SendAsync(Request(method, path, token));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await catalog.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Classes and interfaces of the rooms are services, and their records are bodies; a service that is asked for is not there.</summary>
    private static void AddEmptyRooms(IServiceCollection services)
    {
        var known = typeof(WebModule).Assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("Fairlead.", StringComparison.Ordinal)).Select(Assembly.Load).Append(typeof(WebModule).Assembly);
        foreach (var type in known.SelectMany(assembly => assembly.GetExportedTypes()).Where(IsService))
            services.TryAddSingleton(type, _ => throw new InvalidOperationException($"There is no {type.Name} behind the gate."));
    }

    private static bool IsService(Type type) =>
        (type.IsInterface || (type.IsClass && !type.IsAbstract && type.GetMethod("<Clone>$") is null)) && !type.IsGenericTypeDefinition
        && !typeof(Delegate).IsAssignableFrom(type) && !typeof(IMiddleware).IsAssignableFrom(type) && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null;
}
