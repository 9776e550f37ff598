using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;
using Fairlead.Load.Inputs;
using Fairlead.Load.Sending.Http;

namespace Fairlead.Load.Sending;

/// <summary>What an order comes to before anything is sent.</summary>
/// <param name="Requests">Sent in turn.</param>
/// <param name="RowsLeftOut">Rows that no request could be made of.</param>
internal sealed record PreparedLoad(ILoadTransport Transport, IReadOnlyList<LoadRequest> Requests, int RowsLeftOut) : IAsyncDisposable
{
    /// <summary>By which a command is asked; null when the requests have their own, and for models.</summary>
    public string? Method { get; private init; }

    /// <summary>As the method.</summary>
    public string? Path { get; private init; }

    /// <exception cref="FairleadException">Invalid: the rows do not fit the service, or there are none, or the order is one for a command.</exception>
    public static PreparedLoad OfModel(LoadOrder order, IReadOnlyList<TensorSpec> inputs, TimeProvider time)
    {
        var service = order.Target.Service;
        if (order.Path is not null || order.Method is not null)
            throw FairleadException.Invalid($"'{service}' is a model or a chain, which is asked in one way alone; leave out path and method.");
        if (order.Rows is null)
            throw FairleadException.Invalid($"'{service}' is a model or a chain, which is asked with inputs; say by --data where they come from.");
        var batches = new InputBatches(service, inputs, order.Rows, order.Unit);
        var built = batches.Build(order.RowsPerRequest);
        var transport = Transports.Create(order, time);
        return new PreparedLoad(transport, [.. built.Select(transport.Encode)], batches.LeftOut);
    }

    /// <param name="protocol">What the command speaks.</param>
    /// <exception cref="FairleadException">Invalid: it cannot be asked by HTTP, no row makes a request, or the order is one for a model.</exception>
    public static PreparedLoad OfCommand(LoadOrder order, ServiceProtocol protocol)
    {
        var service = order.Target.Service;
        if (protocol == ServiceProtocol.Grpc)
            throw FairleadException.Invalid($"'{service}' is a command that speaks gRPC, and load is put on commands by HTTP alone; choose a service that speaks HTTP.");
        if (order.Transport == LoadTransport.Grpc)
            throw FairleadException.Invalid($"'{service}' is a command, and load is put on commands by HTTP alone; leave out the protocol 'grpc'.");
        if (order.RowsPerRequest > 1)
            throw FairleadException.Invalid($"'{service}' is a command, of which a request has one row; leave out the '{order.RowsPerRequest}' rows per request.");
        var calls = new CommandCalls(order);
        var built = calls.Build();
        var transport = new HttpTransport(order.Target, order.Target.CommandUrl());
        return new PreparedLoad(transport, [.. built.Select(transport.Encode)], calls.LeftOut) { Method = calls.Method, Path = calls.Path };
    }

    public ValueTask DisposeAsync() => Transport.DisposeAsync();
}
