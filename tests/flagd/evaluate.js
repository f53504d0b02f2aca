// usage: node evaluate.js MODULES FILE KEY TENANT...   what OpenFeature's own evaluator says of a boolean flag, one line a tenant
const fs = require('fs');
const path = require('path');
const [modules, file, key, ...tenants] = process.argv.slice(2);
const { FlagdCore } = require(path.join(modules, 'node_modules', '@openfeature', 'flagd-core'));
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const core = new FlagdCore();
core.setConfigurations(fs.readFileSync(file, 'utf8'));
for (const tenant of tenants) {
  const details = core.resolveBooleanEvaluation(key, 'the caller\'s own', { tenantId: tenant, targetingKey: tenant }, quiet);
  console.log(tenant, String(details.value), details.reason);
}
