using Fairlead.Conformance.Tests.Running;

namespace Fairlead.Conformance.Tests.Clients;

/// <summary>Clients that others wrote, or that behave as theirs do.</summary>
[Collection(ServedModels.Collection)]
public sealed class ClientTests(ServedModels served)
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public Task Rest_AsTritonsClient_Works() => ClientRun.PassesAsync(Python, "triton_http.py", served.Rest);

    [Fact]
    public Task Rest_AsKServesClient_Works() => ClientRun.PassesAsync(Python, "kserve_http.py", served.Rest);

    [Fact]
    public Task Rest_Curl_Works() => ClientRun.PassesAsync("bash", "curl.sh", served.Rest);

    [Fact]
    public Task Grpc_PythonStubsAsTritonsClient_Works() => ClientRun.PassesAsync(Python, "triton_grpc.py", served.Rpc, ClientRun.Protocols);

    [Fact]
    public Task Grpc_Node_Works() => ClientRun.PassesAsync("node", "grpc.js", served.Rpc, ClientRun.Protocols, ClientRun.NodeModules);

    [Fact]
    public Task Grpc_OnThePortOfRest_Works() => ClientRun.PassesAsync("node", "grpc.js", served.Rest, ClientRun.Protocols, ClientRun.NodeModules);
}
