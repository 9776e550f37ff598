using Fairlead.Domain.Contracts;
using Google.Protobuf.Reflection;

namespace Fairlead.Contracts.Schema;

/// <summary>One method of a service, with its messages.</summary>
internal sealed record MethodSchema(
    ContractMethod Method, MessageSchema Request, MessageSchema Response, MethodOptions.Types.IdempotencyLevel Idempotency);
