/** Version of this library, as `X-Portal-Client` states it to the server. A test holds it equal to package.json. */
export const version = '0.1.0';
